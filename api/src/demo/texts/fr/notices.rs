//! Ce qui se dit autour des annonces, des départs et du projet accompagné.

use crate::demo::texts::Subject;

pub(super) const NOTICE: Subject = Subject {
    topic: "consignes",
    news: &[],
    details: &[],
    questions: &[],
    replies: &[
        "C’est noté pour notre équipe.",
        "Y a-t-il une version imprimée pour ceux qui n’ont pas d’écran ?",
        "Je le présente à la réunion d’équipe {weekday}.",
        "Clair et court, comme je les aime.",
        "Cela vaut-il aussi pour les intérimaires ?",
        "Affiché aussi au tableau de {site}.",
        "À qui s’adresser si un point n’est pas clair ?",
    ],
    document: "Consigne",
};

pub(super) const MOVING: Subject = Subject {
    topic: "projet",
    news: &[],
    details: &[],
    questions: &[],
    replies: &["À bientôt là-bas.", "Bonne décision.", "J’y suis déjà.", "Les documents suivront-ils ?"],
    document: "Consigne",
};

pub(super) const COACHING: &[Subject] = &[
    Subject {
        topic: "projet",
        news: &[
            "Point de la semaine : {nn} questions ont reçu la réponse d’un autre métier que celui qui demandait.",
            "Le deuxième atelier entre l’usine et le service a eu lieu à {site}.",
            "{n} chefs d’équipe écrivent maintenant dans les espaces partagés plutôt que dans le leur.",
        ],
        details: &[
            "Ce qui aide le plus : que les responsables demandent les premiers.",
            "Nous regardons les chiffres ensemble {weekday} avant de décider quoi que ce soit.",
            "Ceux qui ne viennent pas ne sont pas contre ; personne ne leur a montré.",
        ],
        questions: &["Comment gagner une équipe qui dit manquer de temps ?"],
        replies: &[
            "Commencer par une question qu’elle se pose vraiment.",
            "Je m’assieds {nn} minutes à côté d’eux, cela suffit.",
            "Nous répondons dans la journée, et ils le remarquent.",
        ],
        document: "Plan d’accompagnement",
    },
    Subject {
        topic: "sponsor",
        news: &[
            "Le sponsor a du temps pour nous {weekday}.",
            "Le comité de pilotage retient {n} de nos demandes.",
        ],
        details: &[
            "Envoyez-moi chacun un obstacle et un succès.",
            "La fermeture des espaces propres aux équipes est confirmée.",
        ],
        questions: &["Que demandons-nous au sponsor ce mois-ci ?"],
        replies: &[
            "De répondre en public, une fois par semaine.",
            "Un mot aux chefs de service de {site}.",
            "Du temps pour que les techniciens écrivent.",
        ],
        document: "Compte rendu du cercle",
    },
];
