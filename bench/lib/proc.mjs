// What /proc tells about a server: it and all processes below it.
import fs from 'node:fs';
import { sleep } from './numbers.mjs';

const read = file => { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } };
const list = dir => { try { return fs.readdirSync(dir); } catch { return []; } };

export function tree(pid) {
  const children = new Map();
  for (const id of list('/proc').filter(n => /^\d+$/.test(n))) {
    const parent = read(`/proc/${id}/stat`).replace(/^.*\) /s, '').split(' ')[1];
    children.set(parent, [...children.get(parent) ?? [], id]);
  }
  const found = [`${pid}`];
  for (let i = 0; i < found.length; i++) found.push(...children.get(found[i]) ?? []);
  return found;
}

export const rssMiB = pid => tree(pid)
  .reduce((sum, id) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0), 0) / 1024;

export const watches = pid => tree(pid).reduce((sum, id) =>
  sum + list(`/proc/${id}/fdinfo`).reduce((n, fd) => n + (read(`/proc/${id}/fdinfo/${fd}`).match(/^inotify wd:/gm)?.length ?? 0), 0), 0);

// Until the number of watches stands still for two seconds and the server is at rest: it has armed what it will arm.
// `ms` is when that was, without the two seconds.
export async function watchesArmed(pid, atMostMs = 120_000) {
  const began = performance.now(), cpu = () => [...threads(pid).values()].reduce((sum, thread) => sum + thread.cpu, 0);
  let last = -1, since = began, used = 0;
  for (; performance.now() - began < atMostMs && performance.now() - since < 2000; await sleep(200)) {
    const count = watches(pid), spent = cpu();
    if (count !== last || spent - used > 20) since = performance.now(); // It has worked for a tenth of the time.
    [last, used] = [count, spent];
  }
  return { count: last, ms: since - began };
}

// Voluntary context switches and CPU time of every thread.
function threads(pid) {
  const all = new Map();
  for (const id of tree(pid)) for (const task of list(`/proc/${id}/task`)) {
    const dir = `/proc/${id}/task/${task}`;
    const switches = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(read(`${dir}/status`))?.[1] ?? 0);
    const stat = read(`${dir}/stat`).replace(/^.*\) /s, '').split(' ');
    const exact = read(`${dir}/schedstat`).split(' ')[0];
    const cpu = exact ? Number(exact) / 1e6 : (Number(stat[11]) + Number(stat[12])) * 10;
    all.set(task, { switches, cpu });
  }
  return all;
}

// CPU time of a server so far, in ms.
export const cpuMs = pid => [...threads(pid).values()].reduce((sum, thread) => sum + thread.cpu, 0);

export async function idle(pid, seconds) {
  const first = threads(pid);
  await sleep(seconds * 1000);
  let switches = 0, cpu = 0;
  for (const [task, later] of threads(pid)) {
    switches += later.switches - (first.get(task)?.switches ?? 0);
    cpu += later.cpu - (first.get(task)?.cpu ?? 0);
  }
  return { perSecond: switches / seconds, cpu };
}
