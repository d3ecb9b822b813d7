//! The ideas of the three campaigns, with what was decided.

use crate::demo::texts::Proposal;
use crate::demo::texts::Verdict::{Accepted, Declined, Done, Open};

pub(super) const SIMPLER: &[Proposal] = &[
    (
        "One form for all leave requests",
        "There are four forms today, and two of them on paper. One is enough, on the phone, with the balance shown.",
        Done(
            "Everybody gains and the tool is already paid for.",
            "In use since the spring: nine requests in ten are answered within a day.",
        ),
    ),
    (
        "No meetings on Friday afternoons",
        "Half of those invited are on the road or finishing the week. Let us keep that time free.",
        Accepted("We try it for six months; customers' calls are the exception."),
    ),
    (
        "Photographs instead of words in fault reports",
        "A picture of the plate and one of the fault say more than a page, and the lab sees at once which series it is.",
        Done(
            "Service, quality and the lab all asked for it.",
            "The report takes two pictures first. Questions back to the technician fell by a third.",
        ),
    ),
    (
        "A spare-parts shelf at every reception",
        "Technicians lose an hour when a seal is missing. Ten references on a shelf would do.",
        Accepted("The ten references are chosen by the technicians themselves."),
    ),
    (
        "A day a year in another department",
        "Everybody spends one day with a trade they do not know, and tells the others here.",
        Done(
            "It costs a day and saves many misunderstandings.",
            "One hundred and forty people took part in the first six months.",
        ),
    ),
    (
        "Name plates in the large offices",
        "Newcomers, and not only they, do not know who sits where.",
        Accepted("Cheap and kind. The assistants order them."),
    ),
    (
        "Shorter minutes: decisions only",
        "Who does what by when. Nobody reads the rest.",
        Done(
            "The management committee starts with its own.",
            "The minutes of the committee fit on one page.",
        ),
    ),
    (
        "A lift for the archive",
        "The archive is in the cellar and boxes are heavy.",
        Declined("The archive moves to a ground floor next year; a lift would come too late."),
    ),
    (
        "Twice as many e-mail addresses for teams",
        "Each project should have its own mail address.",
        Declined("Projects have communities here; addresses would scatter the answers again."),
    ),
    (
        "Show waiting times at the gate to carriers",
        "Drivers wait without knowing how long. A simple display would calm everybody down.",
        Accepted("Logistics orders the display for both plants."),
    ),
    (
        "One template for offers",
        "Every salesperson has another one, and the prices are not at the same place.",
        Done(
            "The customer sees one company.",
            "All offers leave in the same shape, and checking takes half the time.",
        ),
    ),
    (
        "Repair café for tools",
        "On Thursdays, the maintenance team repairs hand tools with those who use them.",
        Accepted("A good way to learn, and less waste."),
    ),
    (
        "A map of competences",
        "Who has already worked with ammonia? Who speaks Polish? Today one has to know somebody who knows.",
        Accepted("Voluntary, and each person writes their own entry."),
    ),
    (
        "Test benches bookable online",
        "The calendar hangs on the door of the hall. From the other site nobody sees it.",
        Done(
            "Simple, and long overdue.",
            "Booked from all sites; idle hours fell from thirty to eighteen percent.",
        ),
    ),
    (
        "Double screens for planners",
        "The planning does not fit on one screen.",
        Accepted("With the laptops of this year's replacement."),
    ),
    (
        "Bring back the paper newsletter",
        "Many on the lines have no screen at hand.",
        Declined("Instead, the large screens at the entrances show the week's news."),
    ),
    (
        "A common calendar of customer visits",
        "Three visits on the same day in the same hall: never again.",
        Done("Sales, marketing and the plants keep it together.", "No double booking since it started."),
    ),
    ("Silent hour from nine to ten", "No calls, no visits, for those who wish it.", Open),
    (
        "Fewer signatures for small purchases",
        "Five signatures for a drill at eighty euros cost more than the drill.",
        Done(
            "One signature is enough under two hundred euros.",
            "Small purchases take two days instead of eleven.",
        ),
    ),
    (
        "Train drivers of the vans in eco-driving",
        "Fuel, tyres and nerves would be spared.",
        Accepted("The first two groups start after the summer."),
    ),
    (
        "Change the colour of the work clothes",
        "Grey is sad.",
        Declined("The stock lasts two years. We ask again then."),
    ),
    (
        "A box for broken pallets at each ramp",
        "They lie about and somebody will fall.",
        Done("A safety matter, decided at once.", "Six boxes in place. No fall reported since."),
    ),
    (
        "Answer customers within a day, even to say we do not know",
        "Silence annoys more than delay.",
        Accepted("It becomes part of our service promise."),
    ),
    (
        "A glossary of our abbreviations",
        "I counted sixty-two in one meeting.",
        Done("Everybody may add to it.", "Two hundred and ten entries, and newcomers thank us."),
    ),
];

pub(super) const DUPLICATES: &[(usize, &str, &str)] = &[
    (0, "Ask for leave with one tool", "Why four forms? One tool, on the phone, would be enough."),
    (
        2,
        "Send pictures with every breakdown",
        "A photograph of the fault would help the lab more than our words.",
    ),
    (4, "Swap jobs for a day", "Let us spend a day with a trade we do not know."),
    (18, "Buy small tools without five signatures", "A drill should not need the approval of five people."),
    (23, "A list of what our abbreviations mean", "Nobody knows them all. Let us write them down together."),
];

pub(super) const INVEST: &[Proposal] = &[
    (
        "A demonstration van",
        "A working heat pump on wheels, for installers who cannot come to us.",
        Accepted("Most points of all; marketing and service equip it together."),
    ),
    (
        "Solar roofs over the car parks",
        "Shade in summer and electricity all year.",
        Accepted("As a first step at the south plant."),
    ),
    (
        "A cold room for tests at minus thirty",
        "Today we wait for winter.",
        Declined("Worth it, but it costs three times the sum. It goes into the next budget."),
    ),
    (
        "Exoskeletons for the packing stations",
        "Backs are our most frequent complaint.",
        Accepted("Four of them on trial, chosen with the works doctor."),
    ),
    (
        "A workshop for apprentices",
        "A corner of their own, with old machines to take apart.",
        Accepted("Opens with the new school year."),
    ),
    (
        "Electric bicycles between the sites",
        "For the two kilometres between the station and the plant.",
        Declined("The shuttle was renewed last year and runs half empty."),
    ),
    (
        "A studio for short repair films",
        "Three minutes of film replace twenty pages.",
        Accepted("A quiet room and a camera are enough to begin."),
    ),
    (
        "Better light in the warehouse",
        "We read labels with torches in winter.",
        Accepted("It is a matter of safety: ordered."),
    ),
    ("A rest room for the night shift", "Twenty minutes of quiet are worth an accident avoided.", Open),
    (
        "A library of returned parts",
        "Broken parts on a shelf, with their story, for those who design.",
        Accepted("It costs little and the lab gives the room."),
    ),
    ("Hearing protection made to measure", "The standard ones end up in pockets.", Open),
    (
        "A garden on the roof of the canteen",
        "A place to breathe.",
        Declined("The roof does not carry it; the courtyard is being planted instead."),
    ),
];

pub(super) const TOGETHER: &[Proposal] = &[
    (
        "We ask in public rather than by e-mail",
        "An answer that everybody can find is given once.",
        Accepted("Nearly everybody agrees: it opens the charter."),
    ),
    (
        "A question deserves an answer within two working days",
        "Even if the answer is “I do not know”.",
        Accepted("Part of the charter."),
    ),
    (
        "Whoever repairs is heard before the drawing is frozen",
        "A technician's remark costs nothing before, and a lot after.",
        Accepted("The lab invites two technicians to each review."),
    ),
    (
        "Cameras stay on in remote meetings",
        "We are more attentive.",
        Declined("Opinions are divided; each team decides for itself."),
    ),
    (
        "No messages after seven in the evening",
        "Sending later is easy.",
        Accepted("Part of the charter, on-call duty excepted."),
    ),
    (
        "Mistakes are told without names",
        "What counts is what happened.",
        Accepted("The safety community has worked like this for a year."),
    ),
    (
        "Every project says what it will not do",
        "It spares us half of the discussions.",
        Accepted("One line in the project sheet."),
    ),
    (
        "Meetings end ten minutes before the hour",
        "To breathe, and to walk.",
        Accepted("The calendar does it by itself now."),
    ),
    (
        "Each team keeps a space open to others",
        "Closed doors breed stories.",
        Accepted("One open space a team, private ones by exception."),
    ),
    (
        "We decide by vote",
        "One person, one voice.",
        Declined("We listen by vote; whoever answers for the result decides, and says why."),
    ),
    (
        "Documents have an owner and a date",
        "Otherwise nobody knows which one is right.",
        Accepted("Part of the charter."),
    ),
    ("We thank by name", "In public, for something precise.", Open),
];
