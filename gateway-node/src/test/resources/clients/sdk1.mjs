// A full session by the first generation of the official TypeScript SDK.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { tellLegacySession } from './legacy-session.mjs';

const requests = { 'sampling/createMessage': types.CreateMessageRequestSchema, 'elicitation/create': types.ElicitRequestSchema, 'roots/list': types.ListRootsRequestSchema };
const notifications = {
  'notifications/message': types.LoggingMessageNotificationSchema,
  'notifications/resources/updated': types.ResourceUpdatedNotificationSchema,
  'notifications/tools/list_changed': types.ToolListChangedNotificationSchema,
};

await tellLegacySession({
  newClient(capabilities, answers) {
    const client = new Client({ name: 'sdk1', version: '1.0.0' }, { capabilities });
    for (const [method, answer] of Object.entries(answers)) client.setRequestHandler(requests[method], answer);
    return client;
  },
  newTransport: (url, options) => new StreamableHTTPClientTransport(url, options),
  on: (client, method, run) => client.setNotificationHandler(notifications[method], run),
  call: (client, params, options) => client.callTool(params, undefined, options),
});
process.exit(0);
