// How often, which tools, and in what order.
export const allTools = ['liveserve', 'live-server', 'five-server', 'browser-sync', 'vite'];

// TOOLS="liveserve vite" measures these only.
export const tools = process.env.TOOLS ? process.env.TOOLS.split(/[ ,]+/) : allTools;
const unknown = tools.filter(name => !allTools.includes(name));
if (unknown.length) throw new Error(`TOOLS names what is not measured here: ${unknown}`);

export const runs = Number(process.env.RUNS ?? 20);

// The tools take turns, and each round another one begins: a noisy minute hits all of them, and none always follows the same.
export async function inTurn(count, action) {
  for (let round = 0; round < count; round++)
    for (let i = 0; i < tools.length; i++) await action(tools[(round + i) % tools.length], round);
}

export async function forEachTool(make) {
  const made = new Map();
  for (const name of tools) made.set(name, await make(name));
  return made;
}
