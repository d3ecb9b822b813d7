// A real identity provider (npm oidc-provider) on a port, for the tests: node provider.js PORT SITE AUDIENCE. Its people
// sign in under any name, with any password. Prints one JSON line when it listens, then one for each line it is sent:
// {"sign": {…}, "header": {…}, "key": "current" | "unknown"} answers with a token so signed, {"rotate": true} puts a new
// key in place of the one it signed with.
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, importJWK } from 'jose';
import Provider from 'oidc-provider';

const [port, site, audience] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
let number = 0;
let current = await key();
let server = await listen();
console.log(JSON.stringify({ issuer }));

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.rotate) {
    current = await key();
    await new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
    server = await listen();
    console.log(JSON.stringify({ rotated: current.kid }));
  } else {
    console.log(JSON.stringify({ token: await signed(command) }));
  }
}

async function key() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  number += 1;
  return { ...(await exportJWK(privateKey)), kid: `key-${number}`, alg: 'RS256', use: 'sig' };
}

async function listen() {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'passerelle',
        client_secret: 'a secret of the provider',
        redirect_uris: [`${site}/session/identity-provider/callback`],
      },
    ],
    jwks: { keys: [current] },
    claims: { email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unverified') }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ['for tests alone'] },
  });
  return await new Promise((listening) => {
    const open = provider.listen(Number(port), '127.0.0.1', () => listening(open));
  });
}

async function signed({ sign, header = {}, key: which = 'current' }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, sub: 'ada', iat: now, exp: now + 300, ...sign };
  for (const name of Object.keys(claims)) if (claims[name] === null) delete claims[name];
  if (header.alg === 'none') return new UnsecuredJWT(claims).encode();
  const jwk = which === 'current' ? current : await key();
  // A secret that everybody can read, the provider's public key, signs nothing.
  if (header.alg === 'HS256') {
    const secret = new TextEncoder().encode(JSON.stringify({ n: jwk.n, e: jwk.e }));
    return new SignJWT(claims).setProtectedHeader({ kid: jwk.kid, ...header }).sign(secret);
  }
  const signer = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: jwk.kid, ...header });
  return signer.sign(await importJWK(jwk, 'RS256'));
}
