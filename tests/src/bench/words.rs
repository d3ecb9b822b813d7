//! Posts in words as languages have them: a few that stand in most texts, many that stand in few. The same on every
//! machine.

use domain::audience::Audience;
use domain::community::{Access, Founded};
use domain::event::{Event, Metadata, Position, Recorded};
use domain::id::{CommandId, CommunityId, EventId, MemberId, PostId};
use domain::post::{Kind, Published};
use domain::stream::StreamName;
use domain::time::Time;
use uuid::Uuid;

/// Communities; every tenth lets people in on request alone.
const COMMUNITIES: u64 = 50;
/// Different words.
const VOCABULARY: f64 = 30_000.0;
/// Words of a post.
const WORDS: u64 = 40;
const MICROS_BETWEEN: i64 = 60_000_000;

const SYLLABLES: [&str; 16] =
    ["ba", "ce", "di", "for", "gé", "lon", "mar", "nou", "pa", "qui", "ran", "sœu", "ti", "ver", "vi", "za"];

/// The word of a rank, 1 the most frequent: it stands in one of so many places.
pub fn word(rank: u64) -> String {
    let mut left = rank + 15;
    let mut word = String::new();
    while left > 0 {
        word += SYLLABLES[(left % 16) as usize];
        left /= 16;
    }
    word
}

/// A member.
pub fn member(number: u64) -> MemberId {
    MemberId(Uuid::from_u64_pair(2, number))
}

fn community(number: u64) -> CommunityId {
    CommunityId(Uuid::from_u64_pair(3, number))
}

/// SplitMix64.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The communities, and then so many posts in them.
pub fn posts(count: u64) -> impl Iterator<Item = Recorded> {
    let founding = (0..COMMUNITIES).map(|number| {
        let access = if number % 10 == 9 { Access::Request } else { Access::Open };
        let (name, summary) = (format!("Community {number}").into(), String::new().into());
        Founded { community: community(number), leader: member(0), access, name, summary }.into()
    });
    let publishing = (0..count).map(published);
    founding.chain(publishing).zip(1..).map(|(event, number)| recorded(event, number))
}

fn published(number: u64) -> Event {
    let language = ["fr", "en", ""][(number % 3) as usize].parse().ok();
    Published {
        post: PostId(Uuid::from_u64_pair(4, number)),
        author: member(number % 1_000),
        kind: Kind::Update,
        audience: Audience::Community(community(mixed(number) % COMMUNITIES)),
        language,
        mentions: vec![],
        topics: vec![],
        pinned: false,
        body: text(number).into(),
    }
    .into()
}

fn text(number: u64) -> String {
    let drawn = (0..WORDS).map(|place| mixed(number * WORDS + place));
    let words = drawn.map(|chance| {
        let share = (chance >> 11) as f64 / (1u64 << 53) as f64;
        // As often as its rank is high: Zipf's law.
        let word = word(VOCABULARY.powf(share) as u64);
        if chance.is_multiple_of(4) { word + "s" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn recorded(event: Event, number: u64) -> Recorded {
    let at =
        Time::try_from_micros(1_600_000_000_000_000 + number as i64 * MICROS_BETWEEN).unwrap_or_default();
    let command = CommandId(Uuid::from_u64_pair(10, number));
    Recorded {
        position: Position(number),
        id: EventId(Uuid::from_u64_pair(11, number)),
        stream: StreamName::organisation(),
        revision: number,
        recorded_at: at,
        metadata: Metadata::new(command, at, at.utc().date_naive().into()),
        event,
    }
}
