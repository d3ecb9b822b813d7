//! When a figure is shown where a threshold protects people, in words.

use serde::Deserialize;

use crate::http::Language;

/// When a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// A number of people, known to everybody who knows the organisation.
    Headcount,
    /// A share of people.
    PeopleShare,
    /// A number of people among others.
    PeopleCount,
    /// People by what they did in one window and in another.
    Compared,
    /// A share of those who were active.
    ActivePeople,
    /// A share of acts.
    ActsShare,
    /// A share of contents.
    ItemsShare,
    /// Acts between groups.
    Matrix,
    /// How long something takes.
    Curve,
    /// Between people on two sides.
    TwoSides,
    /// Between people on two sides, roughly where it rests on few.
    TwoSidesOrBand,
    /// An index over people or ties.
    Index,
}

impl Privacy {
    /// The rule in words.
    pub fn in_language(self, language: Language) -> &'static str {
        let (en, fr) = self.words();
        language.choose(en, fr)
    }

    /// The rule in English and in French.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Headcount => {
                ("Always shown: it tells of no act.", "Toujours montré : il ne dit rien d’aucun acte.")
            }
            Self::PeopleShare | Self::PeopleCount => (
                "For windows that are over. People are put together along the tree of departments until at least \
                 twice the threshold did it and at least twice the threshold did not; their number is shown, and of \
                 any other group between which numbers it lies by that. Single days are for groups of ten times the \
                 threshold. What only grows is rounded to the threshold, for the organisation alone.",
                "Pour les fenêtres terminées. Les personnes sont réunies le long de l’arbre des départements jusqu’à \
                 ce qu’au moins deux fois le seuil l’aient fait et au moins deux fois le seuil ne l’aient pas fait ; \
                 leur nombre est montré et, pour tout autre groupe, entre quels nombres il se trouve d’après cela. \
                 Les jours seuls sont pour les groupes de dix fois le seuil. Ce qui ne fait que croître est arrondi \
                 au seuil, pour l’organisation seule.",
            ),
            Self::Compared => (
                "For windows that are over, of the organisation alone. Shown when at least twice the threshold of people \
                 are in each of what is told apart, and at least twice the threshold in none; what would tell of few is \
                 put together with what is nearest, and who left is rounded to the threshold.",
                "Pour les fenêtres terminées, de l’organisation seule. Montré quand au moins deux fois le seuil de \
                 personnes sont dans chacune des parties distinguées et au moins deux fois le seuil dans aucune ; ce \
                 qui en dirait sur peu de personnes est réuni à ce qui est le plus proche, et les départs sont arrondis \
                 au seuil.",
            ),
            Self::ActivePeople => (
                "For windows of four weeks that are over. Shown when at least twice the threshold of people stand behind \
                 it and at least twice the threshold behind what is left.",
                "Pour les fenêtres de quatre semaines terminées. Montré quand au moins deux fois le seuil de personnes \
                 sont derrière et au moins deux fois le seuil derrière le reste.",
            ),
            _ => self.words_of_sums(),
        }
    }

    /// The rule of what is no number of people.
    fn words_of_sums(self) -> (&'static str, &'static str) {
        match self {
            Self::TwoSides => (
                "For windows of four weeks that are over, by departments as they were. Shown when on each of the two \
                 sides at least as many people as the threshold stand behind it and none makes more than half of it; \
                 of departments, what is hidden of a sum that is shown is together what could be shown, and how long \
                 something takes is told in steps of as many as the threshold.",
                "Pour les fenêtres de quatre semaines terminées, selon les départements d’alors. Montré quand de chacun \
                 des deux côtés au moins autant de personnes que le seuil sont derrière et qu’aucune n’en fait plus de \
                 la moitié ; pour les départements, ce qui est caché d’une somme montrée pourrait, ensemble, être \
                 montré, et un délai est dit par pas d’autant que le seuil.",
            ),
            Self::TwoSidesOrBand => (
                "For windows of four weeks that are over. Shown when on each of the two sides at least as many people as \
                 the threshold stand behind it and none makes more than half of it; where fewer than the threshold \
                 would leave, only a quarter is told.",
                "Pour les fenêtres de quatre semaines terminées. Montré quand de chacun des deux côtés au moins autant \
                 de personnes que le seuil sont derrière et qu’aucune n’en fait plus de la moitié ; si moins de \
                 personnes que le seuil partaient, seul un quart est dit.",
            ),
            Self::ActsShare | Self::ItemsShare | Self::Curve => (
                "For windows of four weeks that are over, by departments as they were. Shown when at least as many \
                 people as the threshold stand behind it and none makes more than half; a share, when that holds of \
                 both of its parts, or one is nothing and the other of twice as many; what is hidden of a sum that is \
                 shown is together what could be shown. The share that leads to other departments is what the matrix \
                 tells of it. How long something takes is told in steps of as many as the threshold, and of the first \
                 contribution for the organisation alone.",
                "Pour les fenêtres de quatre semaines terminées, selon les départements d’alors. Montré quand au moins \
                 autant de personnes que le seuil sont derrière et qu’aucune n’en fait plus de la moitié ; une part, \
                 quand cela vaut pour ses deux côtés, ou que l’un est vide et l’autre de deux fois autant ; ce qui est \
                 caché d’une somme montrée pourrait, ensemble, être montré. La part qui mène à d’autres départements \
                 est ce que la matrice en dit. Un délai est dit par pas d’autant que le seuil, et celui de la première \
                 contribution pour l’organisation seule.",
            ),
            Self::Matrix => (
                "For windows of four weeks that are over, by departments as they were. A cell is shown when at least as \
                 many people as the threshold stand on both sides and none makes more than half of it; what is hidden \
                 of a sum that is shown is together what could be shown, and leaves as many acts open as the threshold. \
                 Of departments of fewer people nothing is told, and of one kind of acts only the sum of all.",
                "Pour les fenêtres de quatre semaines terminées, selon les départements d’alors. Une cellule est montrée \
                 quand au moins autant de personnes que le seuil sont de chaque côté et qu’aucune n’en fait plus de la \
                 moitié ; ce qui est caché d’une somme montrée pourrait, ensemble, être montré, et laisse ouverts autant \
                 d’actes que le seuil. Rien n’est dit des départements de moins de personnes, et d’une sorte d’actes \
                 seule la somme de tous.",
            ),
            _ => (
                "For windows of four weeks that are over. Of the organisation, when it has at least twice the threshold \
                 of people and at least the threshold stand behind it, of whom none makes more than half; of a \
                 department, when it is made of whole blocks of people of which each has as many behind it; of \
                 communities never. Of how many it is, is not told. With zeros, where the number of contributors is \
                 told; of the heaviest hundredth, where that is as many people as the threshold.",
                "Pour les fenêtres de quatre semaines terminées. Pour l’organisation, quand elle a au moins deux fois le \
                 seuil de personnes et qu’au moins le seuil sont derrière, dont aucune n’en fait plus de la moitié ; \
                 pour un département, quand il est fait de blocs entiers de personnes dont chacun en a autant derrière \
                 lui ; jamais pour une communauté. De combien il est fait n’est pas dit. Avec les zéros, quand le \
                 nombre de contributeurs est dit ; du centième le plus actif, quand il compte autant de personnes que \
                 le seuil.",
            ),
        }
    }
}
