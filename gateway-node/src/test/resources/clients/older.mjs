// What both generations of the official TypeScript SDK do over HTTP+SSE and over Streamable HTTP, with an upstream of
// either. Each step is named after the transport of the client and of the upstream.
import assert from 'node:assert/strict';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as Sse1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { Client as Client2, SSEClientTransport as Sse2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { Arrivals, headers, pages, pause, step, text, urls } from './steps.mjs';

const capabilities = { sampling: {}, elicitation: {}, roots: { listChanged: true } };
const answers = {
  'sampling/createMessage': () => ({ model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled words' } }),
  'elicitation/create': () => ({ action: 'decline' }),
  'roots/list': () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }),
};
const generations = {
  sdk1: {
    newClient() {
      const client = new Client1({ name: 'sdk1', version: '1.0.0' }, { capabilities });
      const schemas = { 'sampling/createMessage': types.CreateMessageRequestSchema, 'elicitation/create': types.ElicitRequestSchema, 'roots/list': types.ListRootsRequestSchema };
      for (const [method, answer] of Object.entries(answers)) client.setRequestHandler(schemas[method], answer);
      return client;
    },
    sse: (url, options) => new Sse1(url, options),
    http: (url, options) => new Http1(url, options),
    onUpdate: (client, run) => client.setNotificationHandler(types.ResourceUpdatedNotificationSchema, run),
    call: (client, params, options) => client.callTool(params, undefined, options),
  },
  sdk2: {
    newClient() {
      const client = new Client2({ name: 'sdk2', version: '1.0.0' }, { capabilities, versionNegotiation: { mode: 'legacy' } });
      for (const [method, answer] of Object.entries(answers)) client.setRequestHandler(method, answer);
      return client;
    },
    sse: (url, options) => new Sse2(url, options),
    http: (url, options) => new Http2(url, options),
    onUpdate: (client, run) => client.setNotificationHandler('notifications/resources/updated', run),
    call: (client, params, options) => client.callTool(params, options),
  },
};

for (const [generation, sdk] of Object.entries(generations)) {
  for (const transport of ['sse', 'http']) {
    for (const upstream of ['everything', 'everything-sse']) {
      await tell(sdk, transport, urls[upstream], `${generation} ${transport} ${upstream}`);
    }
  }
}

async function tell(sdk, transport, url, name) {
  const client = sdk.newClient();
  const updates = new Arrivals();
  const call = (tool, args = {}, options = {}) => sdk.call(client, { name: tool, arguments: args }, options);
  sdk.onUpdate(client, (note) => updates.add(note.params.uri));
  await step(`${name}: session`, async () => {
    await client.connect(sdk[transport](transport === 'sse' ? new URL(`${url.pathname}/sse`, url) : url, { requestInit: { headers } }));
    assert.ok(client.getServerCapabilities().tools, 'no tools capability');
    const names = (await pages((params) => client.listTools(params), 'tools')).map((tool) => tool.name);
    assert.ok(names.includes('echo'), 'echo is not listed');
    await client.ping();
  });
  await step(`${name}: calls at once`, async () => {
    const said = await Promise.all(['a', 'b', 'c'].map((message) => call('echo', { message })));
    assert.deepEqual(said.map(text), ['Echo: a', 'Echo: b', 'Echo: c']);
  });
  await step(`${name}: progress`, async () => {
    const seen = [];
    const result = await call('trigger-long-running-operation', { duration: 1, steps: 4 }, { onprogress: (progress) => seen.push(progress.progress) });
    assert.match(text(result), /completed/);
    assert.deepEqual(seen.slice(0, 3), [1, 2, 3]); // over HTTP+SSE the SDK forgets the last if the answer came in one piece with it
  });
  await step(`${name}: questions`, async () => {
    assert.match(text(await call('trigger-sampling-request', { prompt: 'say', maxTokens: 10 })), /sampled words/);
    assert.match(text(await call('trigger-elicitation-request')), /decline/);
    assert.match(text(await call('get-roots-list')), /project/);
  });
  await step(`${name}: resources and prompts`, async () => {
    const [resource] = (await client.listResources()).resources;
    assert.ok((await client.readResource({ uri: resource.uri })).contents.length > 0);
    assert.ok((await client.listPrompts()).prompts.length > 0);
  });
  await step(`${name}: updates`, async () => {
    const uri = 'demo://resource/dynamic/text/1';
    await client.subscribeResource({ uri });
    await call('toggle-subscriber-updates');
    assert.ok(await updates.until((updated) => updated === uri, 15_000), 'never heard of it');
    await call('toggle-subscriber-updates');
  });
  await step(`${name}: cancellation`, async () => {
    const abort = new AbortController();
    const long = assert.rejects(() => call('trigger-long-running-operation', { duration: 30, steps: 2 }, { signal: abort.signal }));
    await pause(300);
    abort.abort('enough');
    await long;
    assert.equal(text(await call('echo', { message: 'still here' })), 'Echo: still here');
  });
  await client.close();
}
process.exit(0);
