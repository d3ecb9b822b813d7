//! What is talked about where the company is run, and where it lives.

use crate::demo::texts::Subject;

pub(super) const DIALOGUE: &[Subject] = &[
    Subject {
        topic: "future",
        news: &["Thank you for your {nn} questions so far."],
        details: &["Answers that take longer than a week are announced as such."],
        questions: &[
            "Will the plant in {site} still assemble the {product} in three years?",
            "Why do we buy compressors from one supplier only?",
            "Is a second test hall in {site} still planned?",
            "What do we do if the orders from {customer} end?",
        ],
        replies: &[
            "Yes. The decision was taken in {month} and the budget is voted.",
            "That was right ten years ago and is not any more; a second source is being qualified.",
            "It is put off by a year. The reasons are in the minutes, and I will explain them on site.",
            "We have prepared for it: no customer is more than {nn} percent of our sales.",
        ],
        document: "Questions and answers of {month}",
    },
    Subject {
        topic: "conditions",
        news: &["The answers of this month are summed up in one page."],
        details: &["They were discussed with the works council on {weekday}."],
        questions: &[
            "Could the canteen in {site} open for the late shift?",
            "Why do contracts for temporary workers end after {n} months?",
            "When are the changing rooms in {site} renovated?",
            "Could training hours be chosen by the teams themselves?",
        ],
        replies: &[
            "A trial starts in {month}. If {nn} people a day come, it stays.",
            "It is a rule of ours, not of the law, and we drop it for qualified posts.",
            "The works begin in {month}; the plan is posted at the entrance.",
            "Half of them, from next year on. Your team leaders will ask you.",
        ],
        document: "Summary of the dialogue, {month}",
    },
];

pub(super) const SYSTEMS: &[Subject] = &[
    Subject {
        topic: "incidents",
        news: &[
            "The network in {site} was down for {nn} minutes.",
            "Printing works again everywhere.",
            "The planning software is updated on {weekday} evening.",
        ],
        details: &[
            "A switch failed; the spare one took over once it was plugged in.",
            "Jobs sent yesterday have to be sent again.",
            "Expect {nn} minutes without service, the old screens disappear.",
        ],
        questions: &["Why does the planning software sign me out after {n} minutes?"],
        replies: &[
            "That is a setting, corrected this morning.",
            "Thank you for the quick repair.",
            "Send us a screenshot and the time, we look into it.",
        ],
        document: "Incident report, {site}",
    },
    Subject {
        topic: "tools",
        news: &[
            "{nn} laptops are replaced in {month}.",
            "The signature of contracts is now electronic.",
            "The old file server becomes read-only in {month}.",
        ],
        details: &[
            "You choose between two sizes; the form takes {n} minutes.",
            "The first {n} contracts went through without paper.",
            "Move what is alive to your communities, the rest is archived.",
        ],
        questions: &["How do I move a folder of {nn} documents from the old server?"],
        replies: &[
            "Drop it into the documents of your community, the dates are kept.",
            "Ask the champion of your department, it takes {nn} minutes.",
            "Not all at once, please: the line in {site} is slow.",
        ],
        document: "Migration guide",
    },
];

pub(super) const PEOPLE: &[Subject] = &[
    Subject {
        topic: "training",
        news: &[
            "The training calendar for {month} is open.",
            "{nn} colleagues have passed the brazing certificate.",
            "Mentors wanted for {n} apprentices in {site}.",
        ],
        details: &[
            "{n} places are left in “Reading a drawing”, open to all trades.",
            "The next session begins in {month}.",
            "A mentor gives two hours a week and gets a day of training.",
        ],
        questions: &["Is the course on refrigerants open to sales people too?"],
        replies: &[
            "Yes, the first day is meant for everybody.",
            "I took it last year and recommend it.",
            "I volunteer as a mentor.",
        ],
        document: "Training calendar, {month}",
    },
    Subject {
        topic: "welcome",
        news: &[
            "{n} newcomers start on {weekday}.",
            "The welcome day takes place in {site}.",
            "The directory now shows who speaks which language.",
        ],
        details: &[
            "Lunch is at noon, and everybody who has ten minutes is welcome.",
            "They spend their first week in {n} different departments.",
            "Fill in yours, it takes a minute.",
        ],
        questions: &["Where do newcomers get their safety shoes in {site}?"],
        replies: &[
            "At the store, next to gate {n}, until ten.",
            "Welcome to all of you!",
            "Their mentor orders them the week before.",
        ],
        document: "Welcome booklet",
    },
];

pub(super) const FINANCE: &[Subject] = &[
    Subject {
        topic: "closing",
        news: &[
            "The closing of the month took {n} days.",
            "Invoices of {customer} are paid.",
            "The budget letters for next year are out.",
        ],
        details: &[
            "What slows us down are {nn} orders without a cost centre.",
            "It took {nn} days and {n} calls; the file is closed.",
            "Please send your estimates before {weekday}.",
        ],
        questions: &["Which cost centre takes the repair of the {product} at {customer}?"],
        replies: &[
            "The guarantee account, as long as it is under two years old.",
            "I send you the template today.",
            "{n} of these orders are ours, corrected.",
        ],
        document: "Budget template",
    },
    Subject {
        topic: "expenses",
        news: &["The new expense tool is in use.", "Expense claims are now paid within {n} days."],
        details: &[
            "A photograph of the receipt is enough, keep the paper until {month}.",
            "Claims without a project number come back.",
        ],
        questions: &["Do tolls of the service vans go into the expense tool?"],
        replies: &["No, they come with the badge of the van.", "It works from the phone, at last."],
        document: "Guide to expense claims",
    },
];

pub(super) const MARKETING: &[Subject] = &[
    Subject {
        topic: "launches",
        news: &[
            "The launch of the {product} is set for {month}.",
            "The film about the {product} is ready.",
            "The new catalogue has {nn} pages fewer.",
        ],
        details: &[
            "We need {n} references with photographs.",
            "It shows a real installation in {site}, with the installer's own words.",
            "Sales gets the first copies on {weekday}.",
        ],
        questions: &["Who has a customer who would speak about the {product} in front of a camera?"],
        replies: &[
            "{customer} would be glad to.",
            "Please show the inside of the machine too.",
            "The technicians have good photographs.",
        ],
        document: "Launch plan, {product}",
    },
    Subject {
        topic: "trade-fairs",
        news: &["We have a stand at the trade fair in {site}.", "{nn} contacts came from the fair."],
        details: &[
            "A working {product} stands in the middle, no slides.",
            "Each one is called back within {n} days.",
        ],
        questions: &["Which technicians can be on the stand in {site} on {weekday}?"],
        replies: &["Two of ours, if somebody takes their duty.", "I can be there in the morning."],
        document: "Stand plan, {site}",
    },
];

pub(super) const LIFE: &[Subject] = &[
    Subject {
        topic: "canteen",
        news: &[
            "The canteen in {site} has a new cook.",
            "Vegetarian day on {weekday}.",
            "The coffee machine on the second floor is back.",
        ],
        details: &[
            "The lentil curry is worth the walk.",
            "{nn} voices asked for it in the last survey.",
            "Bring your own cup and save twenty cents.",
        ],
        questions: &["Is there still a vegetable basket on {weekday} in {site}?"],
        replies: &["Yes, at the gate from five o'clock.", "I confirm, it is very good.", "Finally!"],
        document: "Menus of {month}",
    },
    Subject {
        topic: "outings",
        news: &[
            "{nn} of us run for the hospital in {month}.",
            "The choir looks for {n} voices.",
            "I share the road from {site} on {weekday}.",
        ],
        details: &[
            "No need to be fast, we start and arrive together.",
            "We sing at the station and at the summer party.",
            "Two places are free, I leave at seven.",
        ],
        questions: &["Who comes by bicycle from the station in {site} and can show me the way?"],
        replies: &[
            "I do, at half past seven.",
            "Count me in.",
            "There is a path along the canal, quiet and safe.",
        ],
        document: "List of the runners",
    },
];

pub(super) const SAFETY: &[Subject] = &[
    Subject {
        topic: "near-misses",
        news: &[
            "Near miss at ramp {n}: a pallet slipped off the fork.",
            "{nn} days without an accident in {site}.",
            "A visitor was found in the press area without glasses.",
        ],
        details: &[
            "Nobody was hurt. The strap was worn; all of them are checked today.",
            "Thank you for every report, the small ones above all.",
            "The marking on the floor is repainted on {weekday}.",
        ],
        questions: &["Who checks the lifting straps, and how often?"],
        replies: &[
            "The team leader, every {weekday}, and the list hangs there.",
            "We had the same at ramp {n} last year.",
            "Thank you for reporting it.",
        ],
        document: "Safety minute: lifting straps",
    },
    Subject {
        topic: "habits",
        news: &["First-aid course: {n} places left.", "New gloves for the brazing stations."],
        details: &[
            "Everybody who works alone at night should take it.",
            "Try them for a week and tell us; the old ones stay until then.",
        ],
        questions: &["Which gloves do you use for the coils of the {product}?"],
        replies: &["The blue ones, size larger.", "The new ones are better, but warm.", "I have signed up."],
        document: "List of first-aiders in {site}",
    },
];

pub(super) const PLATFORM: &[Subject] = &[
    Subject {
        topic: "first-steps",
        news: &[
            "Tip of the week: follow one community that is not your own trade's.",
            "{nn} colleagues signed in for the first time this month.",
            "Lunch session on {weekday}: twenty minutes to find your way about.",
        ],
        details: &[
            "Ask in public: the answer then serves everybody.",
            "Put a document here once instead of sending it {nn} times.",
            "No slides, bring your phone.",
        ],
        questions: &[
            "How do I see what changed in a document?",
            "Can I leave a community without anybody taking offence?",
        ],
        replies: &[
            "Open the list of versions, each one says who and when.",
            "Of course, nobody is told.",
            "I can come to your team and show it.",
        ],
        document: "First steps in one page",
    },
    Subject {
        topic: "champions",
        news: &["The champions meet in {site} on {weekday}.", "Every department has its champion now."],
        details: &[
            "We collect what still keeps people away.",
            "They help first, and collect remarks for the next version.",
        ],
        questions: &["What do you say to those who prefer e-mail?"],
        replies: &[
            "That {nn} people had the same question and one answer was enough.",
            "I show them the search.",
            "Nothing. I answer here, and they come.",
        ],
        document: "Champions' kit",
    },
];
