//! Les idées des trois campagnes, et ce qui a été décidé.

use crate::demo::texts::Proposal;
use crate::demo::texts::Verdict::{Accepted, Declined, Done, Open};

pub(super) const SIMPLER: &[Proposal] = &[
    (
        "Un seul formulaire pour les congés",
        "Il y en a quatre aujourd’hui, dont deux sur papier. Un seul suffit, sur le téléphone, avec le solde affiché.",
        Done(
            "Tout le monde y gagne et l’outil est déjà payé.",
            "En service depuis le printemps : neuf demandes sur dix ont une réponse dans la journée.",
        ),
    ),
    (
        "Pas de réunion le vendredi après-midi",
        "La moitié des invités est sur la route ou finit sa semaine. Gardons ce temps libre.",
        Accepted("Nous essayons six mois ; les appels des clients font exception."),
    ),
    (
        "Des photos plutôt que des mots dans les rapports de panne",
        "Une image de la plaque et une du défaut disent plus qu’une page, et le labo voit tout de suite la série.",
        Done(
            "Le service, la qualité et le labo le demandaient tous.",
            "Le rapport commence par deux photos. Les questions en retour ont baissé d’un tiers.",
        ),
    ),
    (
        "Une étagère de pièces à chaque accueil",
        "Un technicien perd une heure quand il manque un joint. Dix références suffiraient.",
        Accepted("Les dix références sont choisies par les techniciens eux-mêmes."),
    ),
    (
        "Un jour par an dans un autre service",
        "Chacun passe un jour avec un métier qu’il ne connaît pas, et le raconte ici.",
        Done(
            "Cela coûte un jour et évite bien des malentendus.",
            "Cent quarante personnes y ont pris part en six mois.",
        ),
    ),
    (
        "Des noms sur les bureaux des plateaux",
        "Les nouveaux, et pas seulement eux, ne savent pas qui est assis où.",
        Accepted("Peu coûteux et aimable. Les assistantes les commandent."),
    ),
    (
        "Des comptes rendus plus courts : les décisions",
        "Qui fait quoi et pour quand. Personne ne lit le reste.",
        Done(
            "Le comité de direction commence par les siens.",
            "Le compte rendu du comité tient en une page.",
        ),
    ),
    (
        "Un ascenseur pour les archives",
        "Les archives sont à la cave et les cartons sont lourds.",
        Declined("Les archives passent au rez-de-chaussée l’an prochain ; l’ascenseur viendrait trop tard."),
    ),
    (
        "Une adresse de courriel par projet",
        "Chaque projet devrait avoir sa propre adresse.",
        Declined(
            "Les projets ont leurs communautés ici ; des adresses disperseraient à nouveau les réponses.",
        ),
    ),
    (
        "Afficher l’attente aux chauffeurs",
        "Ils attendent à la barrière sans savoir combien de temps. Un simple affichage apaiserait tout le monde.",
        Accepted("La logistique commande l’affichage pour les deux usines."),
    ),
    (
        "Un modèle unique pour les offres",
        "Chaque commercial a le sien, et les prix ne sont jamais au même endroit.",
        Done(
            "Le client voit une seule entreprise.",
            "Toutes les offres partent sous la même forme, et la relecture prend moitié moins de temps.",
        ),
    ),
    (
        "Un atelier de réparation des outils",
        "Le jeudi, la maintenance répare les outils à main avec ceux qui s’en servent.",
        Accepted("Une bonne façon d’apprendre, et moins de gaspillage."),
    ),
    (
        "Une carte des compétences",
        "Qui a déjà travaillé avec l’ammoniac ? Qui parle polonais ? Aujourd’hui il faut connaître quelqu’un qui sait.",
        Accepted("Facultatif, et chacun écrit sa propre fiche."),
    ),
    (
        "Réserver les bancs d’essai en ligne",
        "Le calendrier pend à la porte de la halle. De l’autre site, personne ne le voit.",
        Done(
            "Simple, et attendu depuis longtemps.",
            "Réservés depuis tous les sites ; les heures creuses sont passées de trente à dix-huit pour cent.",
        ),
    ),
    (
        "Deux écrans pour les planificateurs",
        "Le planning ne tient pas sur un seul.",
        Accepted("Avec le renouvellement des ordinateurs de cette année."),
    ),
    (
        "Rétablir le journal en papier",
        "Beaucoup, sur les lignes, n’ont pas d’écran sous la main.",
        Declined("Les grands écrans des entrées montrent désormais les nouvelles de la semaine."),
    ),
    (
        "Un calendrier commun des visites",
        "Trois visites de clients le même jour dans la même halle : plus jamais.",
        Done(
            "Les ventes, le marketing et les usines le tiennent ensemble.",
            "Aucune double réservation depuis son ouverture.",
        ),
    ),
    ("Une heure de silence de neuf à dix", "Ni appels ni visites, pour ceux qui le souhaitent.", Open),
    (
        "Moins de signatures pour les petits achats",
        "Cinq signatures pour une perceuse à quatre-vingts euros coûtent plus que la perceuse.",
        Done(
            "Une signature suffit sous deux cents euros.",
            "Un petit achat prend deux jours au lieu de onze.",
        ),
    ),
    (
        "Former les conducteurs à l’écoconduite",
        "Le carburant, les pneus et les nerfs y gagneraient.",
        Accepted("Les deux premiers groupes commencent après l’été."),
    ),
    (
        "Changer la couleur des tenues",
        "Le gris est triste.",
        Declined("Le stock dure deux ans. Nous reposerons la question alors."),
    ),
    (
        "Un bac pour les palettes cassées à chaque quai",
        "Elles traînent et quelqu’un finira par tomber.",
        Done(
            "Affaire de sécurité, décidée sur-le-champ.",
            "Six bacs en place. Aucune chute signalée depuis.",
        ),
    ),
    (
        "Répondre aux clients dans la journée, même sans savoir",
        "Le silence agace plus que le retard.",
        Accepted("Cela entre dans notre promesse de service."),
    ),
    (
        "Un glossaire de nos sigles",
        "J’en ai compté soixante-deux dans une seule réunion.",
        Done("Chacun peut le compléter.", "Deux cent dix entrées, et les nouveaux nous remercient."),
    ),
];

pub(super) const DUPLICATES: &[(usize, &str, &str)] = &[
    (
        0,
        "Demander ses congés avec un seul outil",
        "Pourquoi quatre formulaires ? Un outil sur le téléphone suffirait.",
    ),
    (2, "Envoyer des images avec chaque panne", "Une photo du défaut aiderait le labo plus que nos phrases."),
    (4, "Échanger son poste pour un jour", "Passons une journée avec un métier que nous ne connaissons pas."),
    (
        18,
        "Acheter un petit outil sans cinq signatures",
        "Une perceuse ne devrait pas demander l’accord de cinq personnes.",
    ),
    (23, "Une liste du sens de nos sigles", "Personne ne les connaît tous. Écrivons-les ensemble."),
];

pub(super) const INVEST: &[Proposal] = &[
    (
        "Une camionnette de démonstration",
        "Une pompe à chaleur en marche, sur roues, pour les installateurs qui ne peuvent venir.",
        Accepted("Le plus de points ; le marketing et le service l’équipent ensemble."),
    ),
    (
        "Des toits solaires sur les parkings",
        "De l’ombre en été et du courant toute l’année.",
        Accepted("D’abord à l’usine Sud."),
    ),
    (
        "Une chambre froide à moins trente",
        "Aujourd’hui, nous attendons l’hiver pour nos essais.",
        Declined("Elle vaut la peine mais coûte trois fois la somme. Elle entre dans le prochain budget."),
    ),
    (
        "Des exosquelettes à l’emballage",
        "Le dos est notre plainte la plus fréquente.",
        Accepted("Quatre à l’essai, choisis avec le médecin du travail."),
    ),
    (
        "Un atelier pour les apprentis",
        "Un coin à eux, avec de vieilles machines à démonter.",
        Accepted("Ouverture à la rentrée."),
    ),
    (
        "Des vélos électriques entre les sites",
        "Pour les deux kilomètres entre la gare et l’usine.",
        Declined("La navette a été renouvelée l’an dernier et roule à moitié vide."),
    ),
    (
        "Un studio pour de courts films de réparation",
        "Trois minutes de film remplacent vingt pages.",
        Accepted("Une pièce calme et une caméra suffisent pour commencer."),
    ),
    (
        "Une meilleure lumière à l’entrepôt",
        "En hiver, nous lisons les étiquettes à la lampe de poche.",
        Accepted("Affaire de sécurité : c’est commandé."),
    ),
    ("Une salle de repos pour l’équipe de nuit", "Vingt minutes de calme valent un accident évité.", Open),
    (
        "Une bibliothèque des pièces revenues",
        "Les pièces cassées sur une étagère, avec leur histoire, pour ceux qui conçoivent.",
        Accepted("Elle coûte peu et le labo donne la place."),
    ),
    ("Des protections auditives sur mesure", "Les ordinaires finissent dans les poches.", Open),
    (
        "Un jardin sur le toit de la cantine",
        "Un lieu pour respirer.",
        Declined("Le toit ne le porterait pas ; nous plantons la cour à la place."),
    ),
];

pub(super) const TOGETHER: &[Proposal] = &[
    (
        "Nous demandons en public plutôt que par courriel",
        "Une réponse que tous peuvent retrouver se donne une seule fois.",
        Accepted("Presque tous sont d’accord : elle ouvre la charte."),
    ),
    (
        "Une question mérite une réponse sous deux jours ouvrés",
        "Même si la réponse est « je ne sais pas ».",
        Accepted("Inscrit dans la charte."),
    ),
    (
        "Qui répare est entendu avant que le plan soit figé",
        "La remarque d’un technicien ne coûte rien avant, et beaucoup après.",
        Accepted("Le labo invite deux techniciens à chaque revue."),
    ),
    (
        "Caméras allumées dans les réunions à distance",
        "On y est plus attentif.",
        Declined("Les avis sont partagés ; chaque équipe décide pour elle."),
    ),
    (
        "Pas de message après dix-neuf heures",
        "Envoyer plus tard est facile.",
        Accepted("Inscrit dans la charte, hors astreintes."),
    ),
    (
        "On raconte les erreurs sans les noms",
        "Ce qui compte, c’est ce qui s’est passé.",
        Accepted("La communauté de sécurité travaille ainsi depuis un an."),
    ),
    (
        "Chaque projet dit ce qu’il ne fera pas",
        "Cela nous épargne la moitié des discussions.",
        Accepted("Une ligne dans la fiche du projet."),
    ),
    (
        "Les réunions finissent dix minutes avant l’heure",
        "Pour souffler, et pour marcher.",
        Accepted("Le calendrier le fait maintenant tout seul."),
    ),
    (
        "Chaque équipe garde un espace ouvert aux autres",
        "Les portes fermées font naître des histoires.",
        Accepted("Un espace ouvert par équipe, les espaces privés par exception."),
    ),
    (
        "Nous décidons par le vote",
        "Une personne, une voix.",
        Declined("Nous écoutons par le vote ; qui répond du résultat décide, et dit pourquoi."),
    ),
    (
        "Chaque document a un propriétaire et une date",
        "Sinon personne ne sait lequel est le bon.",
        Accepted("Inscrit dans la charte."),
    ),
    ("On remercie en nommant", "En public, pour quelque chose de précis.", Open),
];
