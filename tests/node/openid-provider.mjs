// A real OpenID provider (npm oidc-provider) whose clients stand for users.
//
// PORT       where it listens, on 127.0.0.1; the issuer is http://127.0.0.1:PORT
// USERS      JSON: {"alice": {"preferred_username": "alice", "role": "developer", ...}}: the claims
//            of each user's access tokens, besides the provider's own
//
// A token:   POST /token with grant_type=client_credentials, client_id=alice, client_secret=alice-
//            secret-of-a-test-user, resource=https://gate.example/ALG/AUDIENCE
// Its keys are made anew at each start: a restart rotates them.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT);
const users = JSON.parse(process.env.USERS);

const jwk = (alg, type, options) => {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), kid: `${alg}-${randomUUID()}`, alg, use: 'sig' };
};
const keys = [
  jwk('RS256', 'rsa', { modulusLength: 2048 }),
  jwk('PS256', 'rsa', { modulusLength: 2048 }),
  jwk('ES256', 'ec', { namedCurve: 'P-256' }),
  jwk('EdDSA', 'ed25519'),
];

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: { keys },
  clients: Object.keys(users).map((name) => ({
    client_id: name,
    client_secret: `${name}-secret-of-a-test-user`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_post',
  })),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo(_, resource) {
        const [, alg, audience] = new URL(resource).pathname.split('/');
        return {
          audience,
          scope: '',
          accessTokenTTL: 600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg } },
        };
      },
    },
  },
  extraTokenClaims: (_, token) => users[token.clientId],
  ttl: { ClientCredentials: 600 },
  enabledJWA: {
    idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  },
});

provider.listen(port, '127.0.0.1', () => console.log(`OpenID provider on ${port}`));
