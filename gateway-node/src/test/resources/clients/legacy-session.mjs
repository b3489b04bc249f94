// A full session of the revisions that have sessions, told once for both generations of the SDK.
import assert from 'node:assert/strict';
import { Arrivals, cuttable, headers, pages, pause, step, text, urls } from './steps.mjs';

const roots = [{ uri: 'file:///srv/project', name: 'project' }];
const capabilities = { sampling: {}, elicitation: {}, roots: { listChanged: true } };

/** sdk: newClient(capabilities, answers), newTransport(url, options), on(client, notification, run), call(client, params, options) */
export async function tellLegacySession(sdk) {
  const heard = { sampling: [], elicitation: [], log: new Arrivals(), updated: new Arrivals(), tools: new Arrivals() };
  const answers = {
    'sampling/createMessage': (request) => { heard.sampling.push(request); return { model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled words' } }; },
    'elicitation/create': (request) => { heard.elicitation.push(request); return { action: 'accept', content: { name: 'Ada' } }; },
    'roots/list': () => ({ roots }),
  };
  const fetch = cuttable();

  async function open(url) {
    const client = sdk.newClient(capabilities, answers);
    sdk.on(client, 'notifications/message', (note) => heard.log.add(note.params));
    sdk.on(client, 'notifications/resources/updated', (note) => heard.updated.add(note.params.uri));
    sdk.on(client, 'notifications/tools/list_changed', () => heard.tools.add('changed'));
    const transport = sdk.newTransport(url, {
      fetch,
      requestInit: { headers },
      reconnectionOptions: { initialReconnectionDelay: 50, maxReconnectionDelay: 500, reconnectionDelayGrowFactor: 1.5, maxRetries: 10 },
    });
    await client.connect(transport);
    const call = (name, args = {}, options = {}) => sdk.call(client, { name, arguments: args }, options);
    return { client, transport, call };
  }

  let reference;
  await step('initialize', async () => {
    reference = await open(urls.reference);
    assert.ok(reference.transport.sessionId, 'no session id');
    assert.ok(reference.client.getServerCapabilities().tools, 'no tools capability');
  });
  if (!reference) return;
  const { client, transport, call } = reference;

  await step('list tools', async () => {
    const names = (await pages((params) => client.listTools(params), 'tools')).map((tool) => tool.name);
    assert.equal(new Set(names).size, names.length, 'a tool is listed twice');
    for (const name of ['echo', 'stats', 'fault-trickle']) assert.ok(names.includes(name), `${name} is not listed`);
  });
  await step('call', async () => assert.equal(text(await call('echo', { message: 'grüße \u{1F44B}' })), 'Echo: grüße \u{1F44B}'));
  await step('call that fails', () => assert.rejects(() => call('get-sum', { a: 'x', b: 1 }), { code: -32602 }));
  await step('progress', async () => {
    const seen = [];
    const result = await call('trigger-long-running-operation', { duration: 1, steps: 5 }, { onprogress: (progress) => seen.push(progress.progress) });
    assert.match(text(result), /completed/);
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  });
  await step('prompts', async () => {
    assert.ok((await pages((params) => client.listPrompts(params), 'prompts')).some((prompt) => prompt.name === 'greet'));
    assert.equal((await client.getPrompt({ name: 'greet', arguments: { name: 'Ada' } })).messages[0].content.text, 'Hello Ada');
  });
  await step('resources', async () => {
    assert.equal((await pages((params) => client.listResources(params), 'resources')).length, 12);
    assert.equal((await client.readResource({ uri: 'note://3' })).contents[0].text, 'note 3');
    await assert.rejects(() => client.readResource({ uri: 'nowhere://1' }), (error) => [-32002, -32602].includes(error.code)); // SDK 2 turns one into the other
  });
  await step('templates', async () => assert.ok((await client.listResourceTemplates()).resourceTemplates.some((template) => template.uriTemplate === 'note://{id}')));
  await step('sampling', async () => {
    assert.match(text(await call('ask-model', { prompt: 'say', times: 2 })), /sampled words.*sampled words/);
    assert.equal(heard.sampling.length, 2);
    assert.equal(heard.sampling[0].params.messages[0].content.text, 'say');
  });
  await step('elicitation', async () => {
    assert.deepEqual(JSON.parse(text(await call('ask-user', { message: 'who?' }))), { action: 'accept', content: { name: 'Ada' } });
    assert.equal(heard.elicitation[0].params.message, 'who?');
  });
  await step('subscribe and update', async () => {
    await client.subscribeResource({ uri: 'board://main' });
    await heard.updated.provoked(() => call('touch-board'), (uri) => uri === 'board://main');
    await client.unsubscribeResource({ uri: 'board://main' });
  });
  await step('tool list changed', async () => {
    await heard.tools.provoked(() => call('switch-tools'), () => true);
    const names = (await pages((params) => client.listTools(params), 'tools')).map((tool) => tool.name);
    if (names.includes('extra')) await call('switch-tools');
  });
  await step('cancellation', async () => {
    const cancelled = async () => JSON.parse(text(await call('stats'))).cancelled;
    const before = await cancelled();
    const abort = new AbortController();
    const hanging = assert.rejects(() => call('fault-hang', {}, { signal: abort.signal }));
    await pause(300);
    abort.abort('enough');
    await hanging;
    for (let i = 0; i < 20 && (await cancelled()) === before; i++) await pause(100);
    assert.equal(await cancelled(), before + 1, 'the upstream never heard of it');
  });
  await step('resume after a cut', async () => {
    const seen = [];
    fetch.next(2);
    const result = await call('trigger-long-running-operation', { duration: 2, steps: 8 }, { onprogress: (progress) => seen.push(progress.progress) });
    assert.match(text(result), /completed/);
    assert.equal(fetch.cuts, 1, 'the stream was never cut');
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8]);
  });
  await step('ping', () => client.ping());
  await step('terminate', async () => {
    const ended = transport.sessionId;
    await transport.terminateSession();
    const after = await globalThis.fetch(urls.reference, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-session-id': ended, 'mcp-protocol-version': '2025-11-25' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
    assert.equal(after.status, 404);
    await client.close();
  });

  await step('completion', async () => {
    const { client } = await open(urls.conformance);
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'par' } });
    assert.deepEqual(completion.values, ['paris', 'park', 'party']);
    await client.close();
  });
  await step('logging', async () => {
    const { client, call } = await open(urls.conformance);
    await client.setLoggingLevel('debug');
    const before = heard.log.all().length;
    assert.equal(text(await call('test_tool_with_logging')), 'logged');
    assert.equal(heard.log.all().length - before, 3);
    await client.setLoggingLevel('error');
    await call('test_tool_with_logging');
    assert.equal(heard.log.all().length - before, 3, 'told more than the level allows');
    await client.close();
  });
  await step('roots', async () => {
    const { client, call } = await open(urls.everything);
    assert.match(text(await call('get-roots-list')), /project[\s\S]*file:\/\/\/srv\/project/);
    await client.close();
  });
}
