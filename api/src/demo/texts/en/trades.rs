//! What is talked about where the company makes, moves, sells and repairs.

use crate::demo::texts::Subject;

pub(super) const NEWS: &[Subject] = &[
    Subject {
        topic: "strategy",
        news: &[
            "The board has approved the plan for the next three years.",
            "Our order book has passed {nn} million euros.",
            "We have signed a framework contract with {customer}.",
        ],
        details: &[
            "The teams concerned meet on {weekday} to agree on the next steps.",
            "That is {n} percent more than a year ago.",
            "It rests on what we do well: quiet machines that last twenty years.",
        ],
        questions: &["When will each department know what the plan changes for it?"],
        replies: &[
            "Each head of department presents the plan to the team before the end of {month}.",
            "The summary is two pages long and worth reading.",
            "Good news for {site}.",
        ],
        document: "Three-year plan in two pages",
    },
    Subject {
        topic: "sites",
        news: &[
            "The works in {site} are finished.",
            "The new test hall in {site} opened its doors.",
            "{nn} families came to the open day in {site}.",
        ],
        details: &[
            "The roof now carries solar panels that cover {nn} percent of our consumption.",
            "Guided tours are held on {weekday} at noon, all trades welcome.",
            "The photographs are in the documents of this space.",
        ],
        questions: &["Can a team from another site visit the new hall in {site}?"],
        replies: &[
            "Yes, write to reception {n} days ahead.",
            "I was there: impressive, and very quiet.",
            "Our team would like to come in {month}.",
        ],
        document: "Site map of {site}",
    },
];

pub(super) const PRODUCTION: &[Subject] = &[
    Subject {
        topic: "lines",
        news: &[
            "Line {n} is running again after the change of tools.",
            "We made {nn} {product} units yesterday, a record for line {n}.",
            "Line {n} stands still until {weekday}: the press is being overhauled.",
        ],
        details: &[
            "Change of series now takes {nn} minutes instead of an hour and a half.",
            "The bottleneck was the brazing station; a second operator solved it.",
            "The night shift takes over {n} orders so that no delivery is late.",
        ],
        questions: &[
            "How do you set the brazing station for the {product}? We lose {nn} minutes on each change.",
            "Has anybody a spare gripper for line {n}?",
        ],
        replies: &[
            "Lower the temperature by {n} degrees and leave the rest as it is.",
            "We keep one in the tool room, cabinet {n}.",
            "The settings are on the sheet at the head of the line, last page.",
            "The maintenance team looks at it on {weekday}.",
        ],
        document: "Setting sheet for the {product}",
    },
    Subject {
        topic: "shifts",
        news: &[
            "The shift plan for {month} is out.",
            "We welcome {n} temporary workers on {weekday}.",
            "Handover between shifts: the new board has been in use for {n} weeks.",
        ],
        details: &[
            "Swaps are possible until {weekday}, with your team leader's agreement.",
            "Please show them the safety exits first and the coffee machine second.",
            "Open points fell from {nn} to {n}; the board stays.",
        ],
        questions: &["Who can swap the late shift on {weekday} with me?"],
        replies: &[
            "I can, come and see me at the break.",
            "Ask the other team, they have {n} people more than planned.",
            "The board is a real improvement.",
        ],
        document: "Shift plan for {month}",
    },
    Subject {
        topic: "parts",
        news: &[
            "We are short of fan blades for the {product}.",
            "The supplier of compressors announces {n} days of delay.",
            "The new kitting trolleys are in use on line {n}.",
        ],
        details: &[
            "The order from {customer} goes first, the rest is rescheduled.",
            "Stock lasts until {weekday}; after that we build another series.",
            "Walking distance is down by {nn} percent and nobody searches for screws any more.",
        ],
        questions: &["Which lead time may we promise to {customer} for {nn} {product} units?"],
        replies: &[
            "Count {n} weeks, and say so in writing.",
            "We found {nn} blades in the warehouse in {site}.",
            "The purchasing department has a second supplier ready.",
        ],
        document: "Shortage list of the week, {site}",
    },
];

pub(super) const QUALITY: &[Subject] = &[
    Subject {
        topic: "defects",
        news: &[
            "{n} leaks in {nn} {product} units at final inspection this week.",
            "The noise on the {product} is explained.",
            "Returns of the {product} are down by {nn} percent.",
        ],
        details: &[
            "The cause is a seal that was mounted dry; the work instruction is corrected.",
            "A bracket touched the casing; the drawing changes with the next series.",
            "We inspect every unit until {weekday}, then one in {n} again.",
        ],
        questions: &["Since when has the seal of the {product} been mounted dry, and on which line?"],
        replies: &[
            "Since the change of supplier, on line {n} only.",
            "The photographs helped a lot.",
            "The instruction is changed and the {nn} units in stock are checked.",
            "We can reproduce it on the test bench.",
        ],
        document: "Defect analysis, {product}",
    },
    Subject {
        topic: "audits",
        news: &[
            "The audit by {customer} went well.",
            "The supplier audit in {site} is over.",
            "The list of corrective actions is down to {n}.",
        ],
        details: &[
            "Two remarks, both about labels; the answer is due in {n} weeks.",
            "They liked that operators themselves explained the inspection plan.",
            "The oldest one goes back {nn} weeks, we close it on {weekday}.",
        ],
        questions: &["Who keeps the calibration record of the torque wrenches in {site}?"],
        replies: &[
            "The metrology room does, second shelf.",
            "I take the remark about the labels.",
            "The record is up to date since {weekday}.",
        ],
        document: "Audit report, {customer}",
    },
];

pub(super) const LOGISTICS: &[Subject] = &[
    Subject {
        topic: "deliveries",
        news: &[
            "{nn} pallets left for {site} this morning.",
            "The carrier changes its timetable from {weekday} on.",
            "The delivery to {customer} was refused at the gate.",
        ],
        details: &[
            "Loading took {nn} minutes less thanks to the new ramp.",
            "The last lorry now leaves at four in the afternoon.",
            "The reason was a missing delivery note; a copy now travels with the driver.",
        ],
        questions: &["Can a lorry leave for {site} on {weekday} with {n} pallets to spare?"],
        replies: &[
            "Yes, if they are ready at noon.",
            "The carrier confirms.",
            "Only with a second driver, ask the transport desk.",
        ],
        document: "Loading plan for {site}",
    },
    Subject {
        topic: "stock",
        news: &[
            "The stocktaking is done.",
            "Aisle {n} is closed until {weekday}.",
            "The scanners have a new version.",
        ],
        details: &[
            "The difference is {n} percent, half of last year's.",
            "Spare parts for the {product} are found in aisle {nn} meanwhile.",
            "Press the green key twice and the label is printed at once.",
        ],
        questions: &["Where do returned {product} units go while aisle {n} is closed?"],
        replies: &[
            "To the cage near ramp {n}, with a yellow label.",
            "The scanner finds them under the old number.",
            "I moved {nn} of them yesterday.",
        ],
        document: "Stocktaking results, {site}",
    },
];

pub(super) const SALES: &[Subject] = &[
    Subject {
        topic: "offers",
        news: &[
            "{customer} has signed for {nn} {product} units.",
            "We lost the tender of {customer}.",
            "The offer to {customer} goes out on {weekday}.",
        ],
        details: &[
            "What decided was the noise level, and the visit to the plant.",
            "We were {n} percent too expensive and {n} weeks too slow.",
            "They want one contact for order, delivery and service.",
        ],
        questions: &[
            "Does anybody know who decides at {customer}?",
            "Which discount did we give {customer} last time?",
        ],
        replies: &[
            "The technical director does, I can introduce you.",
            "We granted {n} percent, against a contract of {n} years.",
            "The service team has been there {n} times, talk to them first.",
            "Congratulations, that is {n} months of work.",
        ],
        document: "Offer to {customer}",
    },
    Subject {
        topic: "visits",
        news: &[
            "Back from {site}: {n} visits in two days.",
            "{customer} comes to see the plant on {weekday}.",
            "The installers' evening in {site} brought {nn} people.",
        ],
        details: &[
            "Everybody asks for the {product} with the new control.",
            "They are interested in the test bench more than in slides.",
            "The most frequent question was the lead time of spare parts.",
        ],
        questions: &["Who can show the test bench to {customer} on {weekday}?"],
        replies: &[
            "I can, if it is before eleven.",
            "Ask the lab, they enjoy it.",
            "We should do that in {site} too.",
        ],
        document: "Visit report, {customer}",
    },
];

pub(super) const SERVICE: &[Subject] = &[
    Subject {
        topic: "breakdowns",
        news: &[
            "Third {product} this month with fault code {nn}.",
            "The {product} at {customer} is running again.",
            "Fault code {nn} is not what the manual says.",
        ],
        details: &[
            "The sensor is fine; the plug lets water in when it rains from the west.",
            "Swapping the board took {nn} minutes, finding the screw took longer.",
            "A photograph of the wiring is attached to the report.",
        ],
        questions: &[
            "What do you do about fault code {nn} on the {product}?",
            "Has anybody replaced the fan of a {product} without taking the casing off?",
        ],
        replies: &[
            "Unplug, dry, a little grease, and it never comes back.",
            "Yes, through the lower hatch, with the short key.",
            "The lab wants one of these boards back, please keep it.",
            "The next series gets another plug.",
            "Same at {customer}, {n} times this winter.",
        ],
        document: "Repair sheet for fault code {nn}",
    },
    Subject {
        topic: "spare-parts",
        news: &[
            "Spare parts for the {product} now leave {site} within {n} days.",
            "The vans have a new basic stock.",
            "{nn} boards came back from repair.",
        ],
        details: &[
            "Missing parts are ordered from the phone, no call needed.",
            "Nine call-outs in ten can be closed on the first visit.",
            "The oldest are kept for the machines of before 2015.",
        ],
        questions: &["Is there a substitute for the old pump of the {product}?"],
        replies: &[
            "Yes, with the adapter ring, reference in the document.",
            "There are {n} left in {site}.",
            "The adapter is in the van stock since {month}.",
        ],
        document: "Van stock list",
    },
];

pub(super) const RESEARCH: &[Subject] = &[
    Subject {
        topic: "prototypes",
        news: &[
            "The third prototype of the {product} has run for {nn} days.",
            "The new compressor is {n} decibels quieter.",
            "First cold test of the {product} at minus twenty.",
        ],
        details: &[
            "Efficiency is {n} percent above the target in mild weather.",
            "We need the view of those who install it before the drawings are frozen.",
            "We still see ice on the lower coil after {nn} hours.",
        ],
        questions: &[
            "Technicians: which screw of the {product} would you like to see gone?",
            "How loud may the {product} be at night in a courtyard?",
        ],
        replies: &[
            "The one behind the fan. Nobody has fingers that thin.",
            "Below thirty-five, or the neighbours call us.",
            "Come with us on {weekday} and see for yourself.",
            "A drip tray with a slope would solve it.",
        ],
        document: "Test report, {product} prototype",
    },
    Subject {
        topic: "standards",
        news: &[
            "The new refrigerant rule applies from {month}.",
            "The patent for the silent mount is filed.",
            "The draft standard on noise is out for comment.",
        ],
        details: &[
            "The {product} complies; the older range needs another valve.",
            "It took {nn} pages and {n} people.",
            "Our remarks have to be in before {weekday}.",
        ],
        questions: &["Which machines in stock are concerned by the new refrigerant rule?"],
        replies: &[
            "Only those made before the change of series, about {nn}.",
            "The list is in the document of {weekday}.",
            "We sent {n} remarks.",
        ],
        document: "Note on the new refrigerant rule",
    },
];
