// The pages' own few words. GraphiQL itself speaks English.

export const words = {
  en: {
    token: 'Bearer token',
    explained: 'The token that “passerelle token” issued, or that the first start printed; not needed once signed in.',
    kept: 'Kept until this tab is closed.',
    use: 'Use',
    forget: 'Forget',
    missing: 'Sign in with a link, or enter a token: without either the server answers nothing.',
    accepted: 'Token accepted',
    refused: 'The server does not accept this token.',
    unreachable: 'The server cannot be reached.',
    session: 'Signed in',
    signOut: 'Sign out',
    signIn: {
      title: 'Sign in',
      wait: 'One moment…',
      ready: 'Sign in to your organisation.',
      signedIn: 'You are signed in.',
      noWay: 'To sign in, open the link that your administrator gives you. A link works once, within ten minutes.',
      refused: 'This link was used or has ended. Ask your administrator for a new one.',
      unknown: 'Your organisation’s account does not open anything here yet. Ask your administrator.',
      unreachable: 'The server cannot be reached. Try again in a moment.',
      withLink: 'Sign in',
      withProvider: 'Sign in with your organisation’s account',
      goOn: 'Go on',
    },
    welcome: '# Passerelle. Press Ctrl+Enter to run; the book on the left documents the schema.\n',
  },
  fr: {
    token: 'Jeton d’accès',
    explained: 'Le jeton émis par « passerelle token », ou affiché au premier démarrage ; inutile une fois connecté.',
    kept: 'Gardé jusqu’à la fermeture de cet onglet.',
    use: 'Utiliser',
    forget: 'Oublier',
    missing: 'Connectez-vous par un lien ou saisissez un jeton : sans l’un ni l’autre, le serveur ne répond rien.',
    accepted: 'Jeton accepté',
    refused: 'Le serveur n’accepte pas ce jeton.',
    unreachable: 'Le serveur est injoignable.',
    session: 'Connecté',
    signOut: 'Se déconnecter',
    signIn: {
      title: 'Connexion',
      wait: 'Un instant…',
      ready: 'Connectez-vous à votre organisation.',
      signedIn: 'Vous êtes connecté.',
      noWay: 'Pour vous connecter, ouvrez le lien que donne votre administrateur. Un lien sert une fois, dans les dix minutes.',
      refused: 'Ce lien a servi ou a expiré. Demandez-en un nouveau à votre administrateur.',
      unknown: 'Le compte de votre organisation n’ouvre encore rien ici. Adressez-vous à votre administrateur.',
      unreachable: 'Le serveur est injoignable. Réessayez dans un instant.',
      withLink: 'Se connecter',
      withProvider: 'Se connecter avec le compte de votre organisation',
      goOn: 'Continuer',
    },
    welcome: '# Passerelle. Ctrl+Entrée pour exécuter ; le livre à gauche documente le schéma.\n',
  },
} as const;

/** The language that the address asks for, else the browser's. */
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;

export const language = asked.toLowerCase().startsWith('fr') ? 'fr' : 'en';

export const say = words[language];
