// Servers that others wrote, all of them on one route (URL `joined`): what it lists is what all of them list without a
// gateway, under the names that the route gives it.
import { connected, direct, generations, listedDirectly, lists, offers, used } from './servers.mjs';
import { step, urls } from './steps.mjs';

const aliases = Object.keys(direct);
const short = (alias) => alias.replaceAll('-', '');
const each = Object.fromEntries(await Promise.all(aliases.map(async (alias) => [alias, await listedDirectly(alias)])));
const all = (kind, shown = (alias, one) => one) => aliases.flatMap((alias) => each[alias][kind].map((one) => shown(alias, one))).sort();
const named = (alias, name) => `${short(alias)}__${name}`;
const wanted = {
  tools: all('tools', named), prompts: all('prompts', named), resources: all('resources'), templates: all('templates'),
};
const ownUri = (uri) => uri.replace(/^gatehouse\+[^:]*:/, '');
const own = (found) => ({ ...found, resources: found.resources.map(ownUri).sort(), templates: found.templates.map(ownUri).sort() });

/** Two members may have it, and then each shows it as its own. */
const shownUri = (alias, uri) => {
  const owners = aliases.filter((one) => each[one].resources.includes(uri));
  return owners.length > 1 ? `gatehouse+${short(alias)}:${uri}` : uri;
};

for (const [generation, sdk] of Object.entries(generations)) {
  const client = await connected(sdk, urls.joined);
  await step(`${generation}: lists`, () => lists(client, wanted, own));
  for (const alias of aliases) {
    const resource = offers[alias].resource && shownUri(alias, each[alias].resources[0]);
    await used(sdk, client, offers[alias], `${generation} ${alias}`, resource, (name) => named(alias, name));
  }
  await client.close();
}
process.exit(0);
