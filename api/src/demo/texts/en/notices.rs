//! What is said around announcements, farewells and the coached project.

use crate::demo::texts::Subject;

pub(super) const NOTICE: Subject = Subject {
    topic: "notices",
    news: &[],
    details: &[],
    questions: &[],
    replies: &[
        "Noted for our team.",
        "Is there a printed version for those who have no screen?",
        "I will go through it at the team meeting on {weekday}.",
        "Clear and short, that is how I like it.",
        "Does this hold for temporary workers too?",
        "Posted on the board in {site} as well.",
        "Whom do we ask if something is not clear?",
    ],
    document: "Notice",
};

pub(super) const MOVING: Subject = Subject {
    topic: "project",
    news: &[],
    details: &[],
    questions: &[],
    replies: &[
        "See you there.",
        "A good decision.",
        "I have joined already.",
        "Will the documents move too?",
    ],
    document: "Notice",
};

pub(super) const COACHING: &[Subject] = &[
    Subject {
        topic: "project",
        news: &[
            "Point of the week: {nn} questions were answered by another trade than the one that asked.",
            "The second workshop with the plant and the service took place in {site}.",
            "{n} heads of team now write to the shared spaces rather than to their own.",
        ],
        details: &[
            "What helps most is that leaders ask first.",
            "On {weekday} we look at the figures together before we decide anything.",
            "Those who do not come are not against it; nobody has shown them.",
        ],
        questions: &["How do you win over a team that says it has no time?"],
        replies: &[
            "Start with one question that they really have.",
            "I sit next to them for {nn} minutes, it is enough.",
            "We answer within the day, and they notice.",
        ],
        document: "Coaching plan",
    },
    Subject {
        topic: "sponsor",
        news: &[
            "The sponsor has time for us on {weekday}.",
            "The steering committee takes up {n} of our requests.",
        ],
        details: &[
            "Please send me one obstacle and one success each.",
            "The closing of the teams' own spaces is confirmed.",
        ],
        questions: &["What do we ask of the sponsor this month?"],
        replies: &[
            "To answer in public, once a week.",
            "A word to the heads of department in {site}.",
            "Time for the technicians to write.",
        ],
        document: "Minutes of the circle",
    },
];
