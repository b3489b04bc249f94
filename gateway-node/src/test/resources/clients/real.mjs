// Servers that others wrote, each on a route of its own: what lists tell is compared with what the server tells without a
// gateway.
import { connected, generations, listedDirectly, lists, offers, used } from './servers.mjs';
import { step, urls } from './steps.mjs';

for (const name of Object.keys(urls)) {
  const wanted = await listedDirectly(name);
  for (const generation of Object.keys(generations)) {
    const sdk = generations[generation];
    const story = `${generation} ${name}`;
    const client = await connected(sdk, urls[name]);
    await step(`${story}: lists`, () => lists(client, wanted));
    await used(sdk, client, offers[name], story, wanted.resources[0]);
    await client.close();
  }
}
process.exit(0);
