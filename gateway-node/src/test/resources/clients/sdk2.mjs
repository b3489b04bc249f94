// A full session by the second generation of the official TypeScript SDK, in the revisions that have sessions.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { tellLegacySession } from './legacy-session.mjs';

await tellLegacySession({
  newClient(capabilities, answers) {
    const client = new Client({ name: 'sdk2', version: '1.0.0' }, { capabilities, versionNegotiation: { mode: 'legacy' } });
    for (const [method, answer] of Object.entries(answers)) client.setRequestHandler(method, answer);
    return client;
  },
  newTransport: (url, options) => new StreamableHTTPClientTransport(url, options),
  on: (client, method, run) => client.setNotificationHandler(method, run),
  call: (client, params, options) => client.callTool(params, options),
});
process.exit(0);
