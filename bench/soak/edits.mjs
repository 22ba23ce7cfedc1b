// What somebody, an editor, a build or git does to the site. Each edit changes the model and brings the disk to it; it says what it did.
import fs from 'node:fs';
import path from 'node:path';
import { sleep } from '../lib.mjs';

export function makeEdits(model, openPages) {
  const { random, root, files } = model;
  const full = file => path.join(root, file);

  // As editors save: in place, aside and renamed, or emptied first and then written in two parts.
  async function save(...held) {
    for (const { file } of held) {
      const content = Buffer.from(files.get(file)());
      switch (random.below(5)) {
        case 0:
          fs.writeFileSync(full(`${file}.tmp`), content);
          fs.renameSync(full(`${file}.tmp`), full(file));
          break;
        case 1: {
          const to = fs.openSync(full(file), 'w');
          const half = content.length >> 1;
          fs.writeSync(to, content, 0, half);
          await sleep(random.below(4));
          fs.writeSync(to, content, half, content.length - half);
          fs.closeSync(to);
          break;
        }
        default: fs.writeFileSync(full(file), content);
      }
    }
    return held.map(({ file }) => file).join(' ');
  }

  const page = () => random.next() < 0.8 ? random.pick(openPages) : random.pick(model.pages);
  const block = page => random.pick(page.blocks);
  const used = () => random.next() < 0.8 ? random.pick(random.pick(openPages).pictures) : random.pick(model.pictures);
  const anySheet = () => random.pick(random.next() < 0.6 ? model.sheets.slice(0, 4) : model.sheets);
  const anything = () => random.pick([page, used, anySheet, () => random.pick(model.datas)])();
  const onPage = change => async () => { const it = page(); change(it); return save(it); };
  const usersOf = picture => [...model.pages, ...model.sheets].filter(item => item.pictures?.includes(picture) || item.picture === picture);

  async function away(from, to, ms, back) {
    fs.renameSync(full(from), full(to));
    await sleep(ms);
    back?.();
    fs.renameSync(full(to), full(from));
  }

  const kinds = [
    [20, 'text', onPage(it => { block(it).text = model.sentence(); })],
    [10, 'attribute', onPage(it => { const at = block(it); random.next() < 0.5 ? at.name = random.pick(['a', 'b', 'c']) + model.next() : at.more = at.more.length ? [] : [[random.pick(['title', 'data-x', 'lang', 'style']), `--n: ${model.next()}`]]; })],
    [10, 'insert', onPage(it => { if (it.blocks.length < 30) it.blocks.splice(random.below(it.blocks.length + 1), 0, model.block()); })],
    [10, 'remove', onPage(it => { if (it.blocks.length > 3) it.blocks.splice(random.below(it.blocks.length), 1); })],
    [4, 'move', onPage(it => { it.blocks.splice(random.below(it.blocks.length), 0, ...it.blocks.splice(random.below(it.blocks.length), 1)); })],
    [3, 'title', onPage(it => { it.title = model.sentence(); })],
    [3, 'inline style', onPage(it => { it.inline = model.next() % 97; })],
    [14, 'rule', async () => { const it = anySheet(); it.n = model.next() % 97; return save(it); }],
    [5, 'rules', async () => { const it = anySheet(); it.extra = it.extra.length && random.next() < 0.5 ? [] : [...it.extra, model.next() % 97].slice(-3); return save(it); }],
    [2, 'picture of a sheet', async () => { const it = anySheet(); it.picture = random.pick(model.pictures); return save(it); }],
    [8, 'picture', async () => { const it = used(); it.n = model.next() % 120 + 1; return save(it); }],
    [2, 'picture of a page', onPage(it => { it.pictures[random.below(3)] = random.pick(model.pictures); })],
    [2, 'script', async () => { model.script.n = model.next(); return save(model.script); }],
    [1, 'imported script', async () => { model.library.n = model.next(); return save(model.library); }],
    [4, 'data', async () => { const it = random.next() < 0.7 ? random.pick(openPages).data : random.pick(model.datas); it.n = model.next(); return save(it); }],
    [2, 'unused new file', async () => { const file = `notes/n${model.next()}.txt`; fs.mkdirSync(full('notes'), { recursive: true }); fs.writeFileSync(full(file), file); return file; }],
    [2, 'new picture', async () => { const it = page(); const made = model.newPicture(); it.pictures[random.below(3)] = made; return random.next() < 0.5 ? save(made, it) : save(it, made); }],
    [3, 'deleted and made again', async () => {
      const it = anything();
      fs.rmSync(full(it.file));
      await sleep(random.pick([0, 5, 50, 150, 400]));
      if ('n' in it) it.n = model.next() % 97 + 1; else it.title = `Again ${model.next()}`;
      return save(it);
    }],
    [2, 'picture renamed', async () => {
      const it = used(), old = it.file, users = usersOf(it);
      it.file = old.replace(/i\d+\.png$/, `i${model.next()}.png`);
      files.set(it.file, files.get(old));
      files.delete(old);
      fs.renameSync(full(old), full(it.file));
      await save(...users);
      return `${old} to ${it.file}, used by ${users.length}`;
    }],
    [1, 'folder away and back', async () => {
      const folder = random.pick(['img/set1', 'data', 'css/theme', `s${random.pick(openPages).section}`]);
      await away(folder, `${folder}.away`, random.pick([0, 20, 120, 300]));
      return folder;
    }],
    [1, 'checkout', async () => {
      const some = [...model.pages, ...model.pictures, ...model.sheets, ...model.datas].filter(() => random.next() < 0.25);
      for (const it of some) {
        if ('n' in it) it.n = model.next() % 97 + 1; else it.blocks[0].text = model.sentence();
        fs.rmSync(full(it.file)); // As git does: unlink, then a new file.
        fs.writeFileSync(full(it.file), files.get(it.file)());
      }
      return `${some.length} files`;
    }],
  ].map(([weight, name, run]) => [weight, { name, run }]);

  return async () => {
    const { name, run } = random.weighted(kinds);
    return { name, what: await run() };
  };
}
