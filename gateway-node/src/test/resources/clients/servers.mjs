// Servers that others wrote, as both generations of the official TypeScript SDK use them, the second in either era: what
// each offers, what it lists without a gateway (URLs in DIRECT, as JSON), and what it does when asked.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { headers, pages, pause, step, text } from './steps.mjs';

export const direct = JSON.parse(process.env.DIRECT);
const capabilities = { sampling: {}, elicitation: { form: {}, url: {} }, roots: { listChanged: true } };
// server-everything asks for the roots by itself, soon after it was opened.
const roots = () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] });
const first = () => {
  const client = new Client1({ name: 'real', version: '1.0.0' }, { capabilities });
  client.setRequestHandler(ListRootsRequestSchema, roots);
  return client;
};
const second = (mode) => ({
  newClient() {
    const client = new Client2({ name: 'real', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
    client.setRequestHandler('roots/list', roots);
    return client;
  },
  http: Http2,
  call: (client, params, options) => client.callTool(params, options),
});
export const generations = {
  sdk1: { newClient: first, http: Http1, call: (client, params, options) => client.callTool(params, undefined, options) },
  sdk2: second('legacy'),
  modern: second({ pin: '2026-07-28' }),
};

const long = 'trigger-long-running-operation';
const everything = { call: ['echo', { message: 'grüße' }, /Echo: grüße/], resource: true, prompt: 'simple-prompt', long: true };
export const offers = {
  everything,
  'everything-sse': everything,
  kubernetes: { call: ['namespaces_list', {}, /default/], prompt: 'cluster-health-check' },
  'kubernetes-modern': { call: ['namespaces_list', {}, /default/], prompt: 'cluster-health-check' },
  'mcp-k8s-go': { call: ['list-k8s-namespaces', { context: 'fake' }, /default/], resource: true, prompt: 'list-k8s-namespaces' },
  memory: { call: ['read_graph', {}, /entities/], resource: true },
  filesystem: { call: ['list_allowed_directories', {}, /files/] },
};

/** Everything a server lists, by name. */
async function listed(client) {
  const has = client.getServerCapabilities();
  const none = (error) => { if (!`${error.code} ${error.message}`.includes("-32601")) throw error; return []; }; // some have resources, and no templates
  const names = async (there, list, key, name) => (there ? (await pages(list, key).catch(none)).map((one) => one[name]).sort() : []);
  return {
    tools: await names(has.tools, (params) => client.listTools(params), 'tools', 'name'),
    prompts: await names(has.prompts, (params) => client.listPrompts(params), 'prompts', 'name'),
    resources: await names(has.resources, (params) => client.listResources(params), 'resources', 'uri'),
    templates: await names(has.resources, (params) => client.listResourceTemplates(params), 'resourceTemplates', 'uriTemplate'),
  };
}

export async function listedDirectly(name) {
  const client = generations.sdk1.newClient();
  const url = new URL(direct[name]);
  await client.connect(url.pathname === '/sse' ? new SSEClientTransport(url) : new Http1(url));
  await pause(300); // some tools are there only once the client is known
  const all = await listed(client);
  await client.close();
  return all;
}

export async function connected(sdk, url) {
  const client = sdk.newClient();
  await client.connect(new sdk.http(url, { requestInit: { headers } }));
  return client;
}

/** Lists again and again, as some tools are there only once the client is known. */
export async function lists(client, wanted, own = (found) => found) {
  assert.ok(wanted.tools.length > 0);
  let found = own(await listed(client));
  for (let tries = 0; tries < 10 && !isDeepStrictEqual(found, wanted); tries++) {
    await pause(500);
    found = own(await listed(client));
  }
  assert.deepEqual(found, wanted);
}

/** @param shown how a name of the server is called here, and `resource` the URI of something it has */
export async function used(sdk, client, offer, story, resource, shown = (name) => name) {
  const call = (tool, args, options = {}) => sdk.call(client, { name: shown(tool), arguments: args }, options);
  await step(`${story}: call`, async () => assert.match(text(await call(offer.call[0], offer.call[1])), offer.call[2]));
  if (offer.resource) {
    await step(`${story}: resource`, async () => {
      assert.ok((await client.readResource({ uri: resource })).contents.length > 0);
    });
  }
  if (offer.prompt) {
    await step(`${story}: prompt`, async () => assert.ok((await client.getPrompt({ name: shown(offer.prompt) })).messages.length > 0));
  }
  if (offer.long) {
    await step(`${story}: progress`, async () => {
      const seen = [];
      // It asks for roots at any time, which over HTTP+SSE counts as part of the call that is under way. The SDK then tells
      // of its own rounds of questions where the server's progress is told.
      const onprogress = ({ progress, message }) => message?.startsWith('Fulfilling input required') || seen.push(progress);
      assert.match(text(await call(long, { duration: 1, steps: 4 }, { onprogress })), /completed/);
      assert.deepEqual(seen.slice(0, 3), [1, 2, 3]);
    });
    await step(`${story}: cancellation`, async () => {
      const abort = new AbortController();
      const given = assert.rejects(() => call(long, { duration: 30, steps: 2 }, { signal: abort.signal }));
      await pause(300);
      abort.abort('enough');
      await given;
      assert.match(text(await call('echo', { message: 'still here' })), /still here/);
    });
  }
}
