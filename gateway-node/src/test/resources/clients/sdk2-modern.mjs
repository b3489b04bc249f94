// All that 2026-07-28 offers, by the second generation of the official TypeScript SDK: no session, questions inside
// results, and one stream to listen on.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Arrivals, headers, pages, pause, step, text, urls } from './steps.mjs';

const heard = { log: new Arrivals(), updated: new Arrivals(), tools: new Arrivals(), elicitation: [], sampling: [] };

async function open(url) {
  const client = new Client({ name: 'sdk2-modern', version: '1.0.0' }, {
    capabilities: { sampling: {}, elicitation: { form: {} }, roots: {} },
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  client.setRequestHandler('elicitation/create', (request) => { heard.elicitation.push(request.params); return { action: 'accept', content: { yes: true } }; });
  client.setRequestHandler('sampling/createMessage', (request) => { heard.sampling.push(request.params); return { model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled words' } }; });
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }));
  client.setNotificationHandler('notifications/message', (note) => heard.log.add(note.params));
  client.setNotificationHandler('notifications/resources/updated', (note) => heard.updated.add(note.params.uri));
  client.setNotificationHandler('notifications/tools/list_changed', () => heard.tools.add('changed'));
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  await client.connect(transport);
  const call = (name, args = {}, options = {}) => client.callTool({ name, arguments: args }, options);
  return { client, transport, call };
}

let modern;
await step('discover', async () => {
  modern = await open(urls.modern);
  assert.equal(modern.client.getNegotiatedProtocolVersion(), '2026-07-28');
  assert.equal(modern.transport.sessionId, undefined, 'a session where there is none');
});
if (modern) {
  const { client, call } = modern;
  await step('list tools', async () => {
    const names = (await pages((params) => client.listTools(params), 'tools')).map((tool) => tool.name);
    for (const name of ['echo', 'confirm-delete', 'regional']) assert.ok(names.includes(name), `${name} is not listed`);
  });
  await step('call', async () => assert.equal(text(await call('echo', { message: 'grüße \u{1F44B}' })), 'Echo: grüße \u{1F44B}'));
  await step('era', async () => assert.equal(text(await call('era')), 'modern'));
  await step('structured output', async () => assert.deepEqual((await call('get-sum', { a: 2, b: 3 })).structuredContent, { sum: 5 }));
  await step('mirrored header', async () => assert.equal(text(await call('regional', { region: 'eu-1', query: 'q' })), 'eu-1:q'));
  await step('progress', async () => {
    const seen = [];
    assert.equal(text(await call('slow', { seconds: 1, steps: 4 }, { onprogress: (progress) => seen.push(progress.progress) })), 'done');
    assert.deepEqual(seen, [1, 2, 3, 4]);
  });
  await step('prompts', async () => {
    assert.ok((await client.listPrompts()).prompts.some((prompt) => prompt.name === 'greet'));
    assert.equal((await client.getPrompt({ name: 'greet', arguments: { name: 'Ada' } })).messages[0].content.text, 'Hello Ada');
  });
  await step('resources', async () => {
    assert.ok((await client.listResources()).resources.some((resource) => resource.uri === 'board://main'));
    assert.match((await client.readResource({ uri: 'board://main' })).contents[0].text, /^board v\d+$/);
    await assert.rejects(() => client.readResource({ uri: 'nowhere://1' }), { code: -32602 });
  });
  await step('templates', async () => {
    assert.ok((await client.listResourceTemplates()).resourceTemplates.some((template) => template.uriTemplate === 'card://{id}'));
    assert.equal((await client.readResource({ uri: 'card://7' })).contents[0].text, 'card 7');
  });
  await step('elicitation', async () => {
    assert.equal(text(await call('confirm-delete', { thing: 'everything' })), 'deleted everything');
    assert.equal(heard.elicitation[0].message, 'Delete everything?');
  });
  await step('sampling', async () => {
    assert.match(text(await call('ask-model', { prompt: 'say' })), /sampled words/);
    assert.equal(heard.sampling[0].messages[0].content.text, 'say');
  });
  await step('listen', async () => {
    const subscription = await client.listen({ toolsListChanged: true, resourceSubscriptions: ['board://main'] });
    assert.equal(subscription.honoredFilter.toolsListChanged, true);
    await heard.updated.provoked(() => call('touch-board'), (uri) => uri === 'board://main');
    await heard.tools.provoked(() => call('switch-tools'), () => true);
    await subscription.close();
    assert.equal(await subscription.closed, 'local');
  });
  await step('cancellation', async () => {
    const abort = new AbortController();
    const started = Date.now();
    const slow = assert.rejects(() => call('slow', { seconds: 30, steps: 2 }, { signal: abort.signal }));
    await pause(300);
    abort.abort('enough');
    await slow;
    assert.ok(Date.now() - started < 5_000);
  });
  await client.close();

  await step('completion', async () => {
    const { client } = await open(urls.conformance);
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'par' } });
    assert.deepEqual(completion.values, ['paris', 'park', 'party']);
    await client.close();
  });
  await step('roots', async () => {
    const { client, call } = await open(urls.conformance);
    assert.match(text(await call('test_input_required_result_list_roots')), /project file:\/\/\/srv\/project/);
    await client.close();
  });
  await step('logging', async () => {
    const { client } = await open(urls.conformance);
    const logLevel = { 'io.modelcontextprotocol/logLevel': 'debug' };
    await client.callTool({ name: 'test_logging_tool', arguments: {}, _meta: logLevel });
    assert.equal(heard.log.all().length, 1);
    await client.callTool({ name: 'test_logging_tool', arguments: {} });
    assert.equal(heard.log.all().length, 1, 'logged without being asked to');
    await client.close();
  });
}
process.exit(0);
