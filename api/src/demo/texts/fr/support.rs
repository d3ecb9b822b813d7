//! Ce dont on parle là où l’entreprise se gère, et là où elle vit.

use crate::demo::texts::Subject;

pub(super) const DIALOGUE: &[Subject] = &[
    Subject {
        topic: "avenir",
        news: &["Merci pour vos {nn} questions jusqu’ici."],
        details: &["Les réponses qui demandent plus d’une semaine sont annoncées comme telles."],
        questions: &[
            "L’usine de {site} assemblera-t-elle encore la {product} dans trois ans ?",
            "Pourquoi achetons-nous nos compresseurs chez un seul fournisseur ?",
            "Une seconde halle d’essais est-elle toujours prévue à {site} ?",
            "Que ferons-nous si les commandes de {customer} s’arrêtent ?",
        ],
        replies: &[
            "Oui. La décision est prise et le budget est voté.",
            "C’était juste il y a dix ans et ne l’est plus ; une seconde source est en cours de qualification.",
            "Elle est reportée d’un an. Les raisons sont au compte rendu, et je viendrai les expliquer sur place.",
            "Nous y sommes préparés : aucun client ne pèse plus de {nn} pour cent de nos ventes.",
        ],
        document: "Questions et réponses, {month}",
    },
    Subject {
        topic: "conditions",
        news: &["Les réponses du mois sont résumées en une page."],
        details: &["Elles ont été discutées avec le comité social {weekday}."],
        questions: &[
            "La cantine de {site} pourrait-elle ouvrir pour l’équipe du soir ?",
            "Pourquoi les contrats d’intérim s’arrêtent-ils au bout de {n} mois ?",
            "Quand les vestiaires de {site} seront-ils rénovés ?",
            "Les heures de formation pourraient-elles être choisies par les équipes ?",
        ],
        replies: &[
            "Un essai commence en {month}. Si {nn} personnes viennent chaque jour, elle reste ouverte.",
            "C’est une règle à nous, non de la loi, et nous y renonçons pour les postes qualifiés.",
            "Les travaux commencent en {month} ; le plan est affiché à l’entrée.",
            "La moitié, dès l’an prochain. Vos chefs d’équipe vous interrogeront.",
        ],
        document: "Synthèse du dialogue, {month}",
    },
];

pub(super) const SYSTEMS: &[Subject] = &[
    Subject {
        topic: "incidents",
        news: &[
            "Le réseau de {site} a été coupé pendant {nn} minutes.",
            "Les imprimantes fonctionnent à nouveau partout.",
            "Le logiciel de planification est mis à jour {weekday} soir.",
        ],
        details: &[
            "Un commutateur est tombé ; celui de secours a pris le relais une fois branché.",
            "Ce qui a été envoyé hier est à renvoyer.",
            "Prévoyez {nn} minutes sans service, les anciens écrans disparaissent.",
        ],
        questions: &["Pourquoi le logiciel de planification me déconnecte-t-il après {n} minutes ?"],
        replies: &[
            "C’est un réglage, corrigé ce matin.",
            "Merci pour la réparation rapide.",
            "Envoyez-nous une copie d’écran et l’heure, nous regardons.",
        ],
        document: "Rapport d’incident, {site}",
    },
    Subject {
        topic: "outils",
        news: &[
            "{nn} ordinateurs portables sont remplacés en {month}.",
            "La signature des contrats est désormais électronique.",
            "L’ancien serveur de fichiers passe en lecture seule en {month}.",
        ],
        details: &[
            "Vous choisissez entre deux tailles ; le formulaire prend {n} minutes.",
            "Les {n} premiers contrats sont passés sans papier.",
            "Déplacez ce qui vit vers vos communautés, le reste est archivé.",
        ],
        questions: &["Comment déplacer un dossier de {nn} documents de l’ancien serveur ?"],
        replies: &[
            "Déposez-le dans les documents de votre communauté, les dates sont conservées.",
            "Demandez au référent de votre service, cela prend {nn} minutes.",
            "Pas tout à la fois, s’il vous plaît : la ligne de {site} est lente.",
        ],
        document: "Guide de migration",
    },
];

pub(super) const PEOPLE: &[Subject] = &[
    Subject {
        topic: "formation",
        news: &[
            "Le calendrier des formations de {month} est ouvert.",
            "{nn} collègues ont obtenu le certificat de brasage.",
            "Nous cherchons des tuteurs pour {n} apprentis à {site}.",
        ],
        details: &[
            "Il reste {n} places dans « Lire un plan », ouvert à tous les métiers.",
            "La prochaine session commence en {month}.",
            "Un tuteur donne deux heures par semaine et reçoit un jour de formation.",
        ],
        questions: &["La formation sur les fluides est-elle ouverte aux commerciaux ?"],
        replies: &[
            "Oui, la première journée est pensée pour tous.",
            "Je l’ai suivie l’an dernier et la recommande.",
            "Je veux bien être tuteur.",
        ],
        document: "Calendrier des formations, {month}",
    },
    Subject {
        topic: "accueil",
        news: &[
            "{n} nouveaux collègues commencent {weekday}.",
            "La journée d’accueil a lieu à {site}.",
            "L’annuaire montre maintenant qui parle quelle langue.",
        ],
        details: &[
            "Le déjeuner est à midi, et quiconque a dix minutes est le bienvenu.",
            "Ils passent leur première semaine dans {n} services différents.",
            "Remplissez la vôtre, cela prend une minute.",
        ],
        questions: &["Où les nouveaux reçoivent-ils leurs chaussures de sécurité à {site} ?"],
        replies: &[
            "Au magasin, à côté de la porte {n}, jusqu’à dix heures.",
            "Bienvenue à vous tous !",
            "Leur parrain les commande la semaine d’avant.",
        ],
        document: "Livret d’accueil",
    },
];

pub(super) const FINANCE: &[Subject] = &[
    Subject {
        topic: "clôture",
        news: &[
            "La clôture du mois a pris {n} jours.",
            "Les factures de {customer} sont réglées.",
            "Les lettres de cadrage budgétaire sont parties.",
        ],
        details: &[
            "Ce qui nous ralentit : {nn} commandes sans centre de coût.",
            "Il a fallu {nn} jours et {n} appels ; le dossier est clos.",
            "Merci d’envoyer vos estimations avant {weekday}.",
        ],
        questions: &["Quel centre de coût porte la réparation de la {product} chez {customer} ?"],
        replies: &[
            "Le compte de garantie, tant qu’elle a moins de deux ans.",
            "Je t’envoie le modèle aujourd’hui.",
            "{n} de ces commandes sont les nôtres, c’est corrigé.",
        ],
        document: "Modèle de budget",
    },
    Subject {
        topic: "notes-de-frais",
        news: &[
            "Le nouvel outil de notes de frais est en service.",
            "Les notes de frais sont maintenant payées sous {n} jours.",
        ],
        details: &[
            "Une photographie du reçu suffit, gardez le papier jusqu’en {month}.",
            "Les demandes sans numéro de projet vous reviennent.",
        ],
        questions: &["Les péages des camionnettes passent-ils par l’outil de notes de frais ?"],
        replies: &["Non, ils viennent avec le badge du véhicule.", "Cela marche du téléphone, enfin."],
        document: "Guide des notes de frais",
    },
];

pub(super) const MARKETING: &[Subject] = &[
    Subject {
        topic: "lancements",
        news: &[
            "Le lancement de la {product} est fixé en {month}.",
            "Le film sur la {product} est prêt.",
            "Le nouveau catalogue compte {nn} pages de moins.",
        ],
        details: &[
            "Il nous faut {n} références avec photographies.",
            "On y voit une vraie installation à {site}, avec les mots de l’installateur.",
            "Les ventes reçoivent les premiers exemplaires {weekday}.",
        ],
        questions: &["Qui a un client prêt à parler de la {product} devant une caméra ?"],
        replies: &[
            "{customer} en serait ravi.",
            "Montrez aussi l’intérieur de la machine.",
            "Les techniciens ont de bonnes photographies.",
        ],
        document: "Plan de lancement, {product}",
    },
    Subject {
        topic: "salons",
        news: &["Nous avons un stand au salon de {site}.", "{nn} contacts sont venus du salon."],
        details: &[
            "Une {product} en marche au milieu, pas de diapositives.",
            "Chacun est rappelé sous {n} jours.",
        ],
        questions: &["Quels techniciens peuvent être sur le stand à {site} {weekday} ?"],
        replies: &["Deux des nôtres, si quelqu’un prend leur astreinte.", "Je peux y être le matin."],
        document: "Plan du stand, {site}",
    },
];

pub(super) const LIFE: &[Subject] = &[
    Subject {
        topic: "cantine",
        news: &[
            "La cantine de {site} a un nouveau chef.",
            "Journée végétarienne {weekday}.",
            "La machine à café du deuxième étage est revenue.",
        ],
        details: &[
            "Le curry de lentilles vaut le détour.",
            "{nn} voix l’avaient demandé au dernier sondage.",
            "Apportez votre tasse et gagnez vingt centimes.",
        ],
        questions: &["Y a-t-il encore un panier de légumes {weekday} à {site} ?"],
        replies: &["Oui, à l’entrée dès dix-sept heures.", "Je confirme, c’est très bon.", "Enfin !"],
        document: "Menus de {month}",
    },
    Subject {
        topic: "sorties",
        news: &[
            "Nous serons {nn} à courir pour l’hôpital en {month}.",
            "La chorale cherche {n} voix.",
            "Je propose un covoiturage depuis {site} {weekday}.",
        ],
        details: &[
            "Inutile d’être rapide, on part et on arrive ensemble.",
            "Nous chantons à la gare et à la fête de l’été.",
            "Deux places sont libres, je pars à sept heures.",
        ],
        questions: &["Qui vient à vélo de la gare de {site} et peut me montrer le chemin ?"],
        replies: &[
            "Moi, à sept heures et demie.",
            "J’en suis.",
            "Il y a un chemin le long du canal, calme et sûr.",
        ],
        document: "Liste des coureurs",
    },
];

pub(super) const SAFETY: &[Subject] = &[
    Subject {
        topic: "presque-accidents",
        news: &[
            "Presque-accident au quai {n} : une palette a glissé de la fourche.",
            "{nn} jours sans accident à {site}.",
            "Un visiteur a été trouvé sans lunettes près des presses.",
        ],
        details: &[
            "Personne n’est blessé. La sangle était usée ; toutes sont contrôlées aujourd’hui.",
            "Merci pour chaque signalement, surtout les petits.",
            "Le marquage au sol est repeint {weekday}.",
        ],
        questions: &["Qui contrôle les sangles de levage, et tous les combien ?"],
        replies: &[
            "Le chef d’équipe, chaque semaine, et la liste est affichée là.",
            "Nous avons eu la même chose au quai {n} l’an dernier.",
            "Merci de l’avoir signalé.",
        ],
        document: "Minute sécurité : les sangles de levage",
    },
    Subject {
        topic: "habitudes",
        news: &[
            "Formation aux premiers secours : il reste {n} places.",
            "De nouveaux gants pour les postes de brasage.",
        ],
        details: &[
            "Quiconque travaille seul la nuit devrait la suivre.",
            "Essayez-les une semaine et dites-nous ; les anciens restent jusque-là.",
        ],
        questions: &["Quels gants prenez-vous pour les batteries de la {product} ?"],
        replies: &[
            "Les bleus, une taille au-dessus.",
            "Les nouveaux sont meilleurs, mais chauds.",
            "Je me suis inscrit.",
        ],
        document: "Liste des secouristes de {site}",
    },
];

pub(super) const PLATFORM: &[Subject] = &[
    Subject {
        topic: "premiers-pas",
        news: &[
            "L’astuce de la semaine : suivez une communauté qui n’est pas celle de votre métier.",
            "{nn} collègues se sont connectés pour la première fois ce mois-ci.",
            "Atelier du midi {weekday} : vingt minutes pour s’y retrouver.",
        ],
        details: &[
            "Demandez en public : la réponse sert alors à tous.",
            "Déposez un document ici une fois au lieu de l’envoyer {nn} fois.",
            "Pas de diapositives, venez avec votre téléphone.",
        ],
        questions: &[
            "Comment voir ce qui a changé dans un document ?",
            "Puis-je quitter une communauté sans vexer personne ?",
        ],
        replies: &[
            "Ouvrez la liste des versions, chacune dit qui et quand.",
            "Bien sûr, personne n’en est averti.",
            "Je peux venir le montrer à votre équipe.",
        ],
        document: "Premiers pas en une page",
    },
    Subject {
        topic: "référents",
        news: &[
            "Les référents se retrouvent à {site} {weekday}.",
            "Chaque service a maintenant son référent.",
        ],
        details: &[
            "Nous recueillons ce qui tient encore les gens à l’écart.",
            "Ils aident d’abord, et notent les remarques pour la prochaine version.",
        ],
        questions: &["Que dites-vous à ceux qui préfèrent le courriel ?"],
        replies: &[
            "Que {nn} personnes avaient la même question et qu’une réponse a suffi.",
            "Je leur montre la recherche.",
            "Rien. Je réponds ici, et ils viennent.",
        ],
        document: "La mallette du référent",
    },
];
