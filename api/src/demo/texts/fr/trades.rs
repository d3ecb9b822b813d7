//! Ce dont on parle là où l’entreprise fabrique, transporte, vend et répare.

use crate::demo::texts::Subject;

pub(super) const NEWS: &[Subject] = &[
    Subject {
        topic: "stratégie",
        news: &[
            "Le conseil a approuvé le plan des trois prochaines années.",
            "Notre carnet de commandes dépasse {nn} millions d’euros.",
            "Nous avons signé un contrat-cadre avec {customer}.",
        ],
        details: &[
            "Les équipes concernées se réunissent {weekday} pour convenir des prochaines étapes.",
            "C’est {n} pour cent de plus qu’il y a un an.",
            "Il s’appuie sur ce que nous faisons bien : des machines silencieuses qui durent vingt ans.",
        ],
        questions: &["Quand chaque service saura-t-il ce que le plan change pour lui ?"],
        replies: &[
            "Chaque responsable présente le plan à son équipe avant la fin du trimestre.",
            "La synthèse fait deux pages et mérite d’être lue.",
            "Bonne nouvelle pour {site}.",
        ],
        document: "Le plan à trois ans en deux pages",
    },
    Subject {
        topic: "sites",
        news: &[
            "Les travaux de {site} sont terminés.",
            "La nouvelle halle d’essais de {site} a ouvert ses portes.",
            "{nn} familles sont venues à la journée portes ouvertes de {site}.",
        ],
        details: &[
            "Le toit porte désormais des panneaux solaires qui couvrent {nn} pour cent de notre consommation.",
            "Visites guidées {weekday} à midi, tous métiers bienvenus.",
            "Les photographies sont dans les documents de cet espace.",
        ],
        questions: &["Une équipe d’un autre site peut-elle visiter la nouvelle halle de {site} ?"],
        replies: &[
            "Oui, écrivez à l’accueil {n} jours avant.",
            "J’y étais : impressionnant, et très silencieux.",
            "Notre équipe aimerait venir en {month}.",
        ],
        document: "Plan du site de {site}",
    },
];

pub(super) const PRODUCTION: &[Subject] = &[
    Subject {
        topic: "lignes",
        news: &[
            "La ligne {n} tourne à nouveau après le changement d’outillage.",
            "Nous avons produit {nn} {product} hier, un record pour la ligne {n}.",
            "La ligne {n} est à l’arrêt jusqu’à {weekday} : la presse est en révision.",
        ],
        details: &[
            "Le changement de série prend maintenant {nn} minutes au lieu d’une heure et demie.",
            "Le goulot était le poste de brasage ; un second opérateur l’a résolu.",
            "L’équipe de nuit reprend {n} commandes pour qu’aucune livraison ne soit en retard.",
        ],
        questions: &[
            "Comment réglez-vous le poste de brasage pour la {product} ? Nous perdons {nn} minutes à chaque changement.",
            "Quelqu’un aurait-il une pince de rechange pour la ligne {n} ?",
        ],
        replies: &[
            "Baissez la température de {n} degrés et ne touchez pas au reste.",
            "Nous en gardons une à l’outillage, armoire {n}.",
            "Les réglages sont sur la fiche en tête de ligne, dernière page.",
            "La maintenance s’en occupe {weekday}.",
        ],
        document: "Fiche de réglage de la {product}",
    },
    Subject {
        topic: "équipes",
        news: &[
            "Le planning des équipes de {month} est sorti.",
            "Nous accueillons {n} intérimaires {weekday}.",
            "Passage de consignes : le nouveau tableau est en service depuis {n} semaines.",
        ],
        details: &[
            "Les échanges sont possibles jusqu’à {weekday}, avec l’accord du chef d’équipe.",
            "Montrez-leur d’abord les issues de secours, ensuite la machine à café.",
            "Les points ouverts sont passés de {nn} à {n} ; le tableau reste.",
        ],
        questions: &["Qui peut échanger avec moi le poste du soir de {weekday} ?"],
        replies: &[
            "Moi, viens me voir à la pause.",
            "Demande à l’autre équipe, ils sont {n} de plus que prévu.",
            "Ce tableau est un vrai progrès.",
        ],
        document: "Planning des équipes, {month}",
    },
    Subject {
        topic: "pièces",
        news: &[
            "Nous manquons de pales de ventilateur pour la {product}.",
            "Le fournisseur de compresseurs annonce {n} jours de retard.",
            "Les nouveaux chariots de préparation sont en service sur la ligne {n}.",
        ],
        details: &[
            "La commande de {customer} passe en premier, le reste est replanifié.",
            "Le stock tient jusqu’à {weekday} ; ensuite nous passons à une autre série.",
            "Les déplacements baissent de {nn} pour cent et plus personne ne cherche ses vis.",
        ],
        questions: &["Quel délai pouvons-nous promettre à {customer} pour {nn} {product} ?"],
        replies: &[
            "Comptez {n} semaines, et dites-le par écrit.",
            "Nous avons retrouvé {nn} pales à l’entrepôt de {site}.",
            "Les achats tiennent un second fournisseur prêt.",
        ],
        document: "Liste des manquants de la semaine, {site}",
    },
];

pub(super) const QUALITY: &[Subject] = &[
    Subject {
        topic: "défauts",
        news: &[
            "{n} fuites sur {nn} {product} au contrôle final cette semaine.",
            "Le bruit de la {product} est expliqué.",
            "Les retours de {product} baissent de {nn} pour cent.",
        ],
        details: &[
            "La cause est un joint monté à sec ; la consigne de travail est corrigée.",
            "Une patte touchait la carrosserie ; le plan change à la prochaine série.",
            "Nous contrôlons chaque machine jusqu’à {weekday}, puis à nouveau une sur {n}.",
        ],
        questions: &["Depuis quand le joint de la {product} est-il monté à sec, et sur quelle ligne ?"],
        replies: &[
            "Depuis le changement de fournisseur, sur la ligne {n} seulement.",
            "Les photographies ont beaucoup aidé.",
            "La consigne est changée et les {nn} machines en stock sont contrôlées.",
            "Nous savons le reproduire au banc d’essai.",
        ],
        document: "Analyse de défaut, {product}",
    },
    Subject {
        topic: "audits",
        news: &[
            "L’audit de {customer} s’est bien passé.",
            "L’audit du fournisseur de {site} est terminé.",
            "La liste des actions correctives est descendue à {n}.",
        ],
        details: &[
            "Deux remarques, toutes deux sur les étiquettes ; réponse attendue dans {n} semaines.",
            "Ils ont apprécié que les opérateurs expliquent eux-mêmes le plan de contrôle.",
            "La plus ancienne a {nn} semaines, nous la soldons {weekday}.",
        ],
        questions: &["Qui tient le registre d’étalonnage des clés dynamométriques à {site} ?"],
        replies: &[
            "La salle de métrologie, deuxième étagère.",
            "Je prends la remarque sur les étiquettes.",
            "Le registre est à jour depuis {weekday}.",
        ],
        document: "Rapport d’audit, {customer}",
    },
];

pub(super) const LOGISTICS: &[Subject] = &[
    Subject {
        topic: "livraisons",
        news: &[
            "{nn} palettes sont parties pour {site} ce matin.",
            "Le transporteur change d’horaires à partir de {weekday}.",
            "La livraison de {customer} a été refusée à l’entrée.",
        ],
        details: &[
            "Le chargement a pris {nn} minutes de moins grâce au nouveau quai.",
            "Le dernier camion part désormais à seize heures.",
            "Il manquait le bon de livraison ; une copie voyage maintenant avec le chauffeur.",
        ],
        questions: &["Un camion pour {site} peut-il prendre {n} palettes de plus {weekday} ?"],
        replies: &[
            "Oui, si elles sont prêtes à midi.",
            "Le transporteur confirme.",
            "Seulement avec un second chauffeur, voyez le bureau des transports.",
        ],
        document: "Plan de chargement pour {site}",
    },
    Subject {
        topic: "stocks",
        news: &[
            "L’inventaire est terminé.",
            "L’allée {n} est fermée jusqu’à {weekday}.",
            "Les lecteurs de codes ont une nouvelle version.",
        ],
        details: &[
            "L’écart est de {n} pour cent, la moitié de l’an dernier.",
            "Les pièces de la {product} se trouvent entre-temps dans l’allée {nn}.",
            "Appuyez deux fois sur la touche verte et l’étiquette sort aussitôt.",
        ],
        questions: &["Où vont les {product} retournées tant que l’allée {n} est fermée ?"],
        replies: &[
            "Dans la cage près du quai {n}, avec une étiquette jaune.",
            "Le lecteur les retrouve sous l’ancien numéro.",
            "J’en ai déplacé {nn} hier.",
        ],
        document: "Résultats de l’inventaire, {site}",
    },
];

pub(super) const SALES: &[Subject] = &[
    Subject {
        topic: "offres",
        news: &[
            "{customer} a signé pour {nn} {product}.",
            "Nous avons perdu l’appel d’offres de {customer}.",
            "L’offre pour {customer} part {weekday}.",
        ],
        details: &[
            "Ce qui a décidé : le niveau sonore, et la visite de l’usine.",
            "Nous étions {n} pour cent trop chers et {n} semaines trop lents.",
            "Ils veulent un seul interlocuteur pour la commande, la livraison et le service.",
        ],
        questions: &[
            "Quelqu’un sait-il qui décide chez {customer} ?",
            "Quelle remise avons-nous accordée à {customer} la dernière fois ?",
        ],
        replies: &[
            "Le directeur technique, je peux te présenter.",
            "Nous avons accordé {n} pour cent, contre un contrat de {n} ans.",
            "Le service y est allé {n} fois, parlez-leur d’abord.",
            "Bravo, ce sont {n} mois de travail.",
        ],
        document: "Offre à {customer}",
    },
    Subject {
        topic: "visites",
        news: &[
            "De retour de {site} : {n} visites en deux jours.",
            "{customer} vient voir l’usine {weekday}.",
            "La soirée des installateurs à {site} a réuni {nn} personnes.",
        ],
        details: &[
            "Tout le monde demande la {product} avec la nouvelle régulation.",
            "Le banc d’essai les intéresse plus que les diapositives.",
            "La question la plus fréquente : le délai des pièces détachées.",
        ],
        questions: &["Qui peut montrer le banc d’essai à {customer} {weekday} ?"],
        replies: &[
            "Moi, si c’est avant onze heures.",
            "Demande au labo, ils aiment cela.",
            "Nous devrions faire la même chose à {site}.",
        ],
        document: "Compte rendu de visite, {customer}",
    },
];

pub(super) const SERVICE: &[Subject] = &[
    Subject {
        topic: "pannes",
        news: &[
            "Troisième {product} ce mois-ci avec le code de panne {nn}.",
            "La {product} de {customer} tourne à nouveau.",
            "Le code de panne {nn} n’est pas ce que dit le manuel.",
        ],
        details: &[
            "La sonde est bonne ; la prise laisse entrer l’eau quand la pluie vient de l’ouest.",
            "Changer la carte a pris {nn} minutes, trouver la vis davantage.",
            "Une photographie du câblage est jointe au rapport.",
        ],
        questions: &[
            "Que faites-vous devant le code de panne {nn} de la {product} ?",
            "Quelqu’un a-t-il changé le ventilateur d’une {product} sans démonter la carrosserie ?",
        ],
        replies: &[
            "Débrancher, sécher, un peu de graisse, et elle ne revient plus.",
            "Oui, par la trappe du bas, avec la clé courte.",
            "Le labo voudrait récupérer une de ces cartes, gardez-la.",
            "La prochaine série reçoit une autre prise.",
            "Pareil chez {customer}, {n} fois cet hiver.",
        ],
        document: "Fiche de réparation, code de panne {nn}",
    },
    Subject {
        topic: "pièces-détachées",
        news: &[
            "Les pièces de la {product} partent désormais de {site} en {n} jours.",
            "Les camionnettes ont un nouveau stock de base.",
            "{nn} cartes sont revenues de réparation.",
        ],
        details: &[
            "Les pièces manquantes se commandent du téléphone, sans appel.",
            "Neuf dépannages sur dix se terminent à la première visite.",
            "Les plus anciennes sont gardées pour les machines d’avant 2015.",
        ],
        questions: &["Existe-t-il un remplacement pour l’ancienne pompe de la {product} ?"],
        replies: &[
            "Oui, avec la bague d’adaptation, référence dans le document.",
            "Il en reste {n} à {site}.",
            "La bague est dans le stock des camionnettes depuis le printemps.",
        ],
        document: "Liste du stock des camionnettes",
    },
];

pub(super) const RESEARCH: &[Subject] = &[
    Subject {
        topic: "prototypes",
        news: &[
            "Le troisième prototype de la {product} tourne depuis {nn} jours.",
            "Le nouveau compresseur fait {n} décibels de moins.",
            "Premier essai à froid de la {product} à moins vingt.",
        ],
        details: &[
            "Le rendement dépasse l’objectif de {n} pour cent par temps doux.",
            "Il nous faut l’avis de ceux qui l’installent avant de figer les plans.",
            "Nous voyons encore de la glace sur la batterie basse après {nn} heures.",
        ],
        questions: &[
            "Aux techniciens : quelle vis de la {product} aimeriez-vous voir disparaître ?",
            "Quel bruit la {product} peut-elle faire la nuit dans une cour ?",
        ],
        replies: &[
            "Celle de derrière le ventilateur. Personne n’a les doigts si fins.",
            "Moins de trente-cinq décibels, sinon les voisins nous appellent.",
            "Venez avec nous {weekday} et voyez par vous-mêmes.",
            "Un bac avec une pente suffirait.",
        ],
        document: "Rapport d’essai, prototype de la {product}",
    },
    Subject {
        topic: "normes",
        news: &[
            "La nouvelle règle sur les fluides s’applique dès {month}.",
            "Le brevet du support silencieux est déposé.",
            "Le projet de norme sur le bruit est ouvert aux remarques.",
        ],
        details: &[
            "La {product} est conforme ; l’ancienne gamme demande une autre vanne.",
            "Il a fallu {nn} pages et {n} personnes.",
            "Nos remarques doivent partir avant {weekday}.",
        ],
        questions: &["Quelles machines en stock sont concernées par la nouvelle règle sur les fluides ?"],
        replies: &[
            "Seulement celles d’avant le changement de série, environ {nn}.",
            "La liste est dans le document de {weekday}.",
            "Nous avons envoyé {n} remarques.",
        ],
        document: "Note sur la nouvelle règle des fluides",
    },
];
