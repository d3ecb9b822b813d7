// The page's own few words. GraphiQL itself speaks English.

const words = {
  en: {
    token: 'Bearer token',
    explained: 'The token that “passerelle token” issued, or that the first start printed.',
    kept: 'Kept until this tab is closed.',
    use: 'Use',
    forget: 'Forget',
    missing: 'Enter a token to query: without one the server answers nothing.',
    accepted: 'Token accepted',
    refused: 'The server does not accept this token.',
    unreachable: 'The server cannot be reached.',
    welcome: '# Passerelle. Press Ctrl+Enter to run; the book on the left documents the schema.\n',
  },
  fr: {
    token: 'Jeton d’accès',
    explained: 'Le jeton émis par « passerelle token », ou affiché au premier démarrage.',
    kept: 'Gardé jusqu’à la fermeture de cet onglet.',
    use: 'Utiliser',
    forget: 'Oublier',
    missing: 'Saisissez un jeton pour interroger : sans jeton, le serveur ne répond rien.',
    accepted: 'Jeton accepté',
    refused: 'Le serveur n’accepte pas ce jeton.',
    unreachable: 'Le serveur est injoignable.',
    welcome: '# Passerelle. Ctrl+Entrée pour exécuter ; le livre à gauche documente le schéma.\n',
  },
} as const;

export const language = navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';

export const say = words[language];
