// A broadcast server as people write it with ws: what one says, all others hear. PORT is the argument.
import { createRequire } from 'node:module';
import path from 'node:path';

const { WebSocketServer } = createRequire(path.join(process.env.BENCH_WORK, 'package.json'))('ws');
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false });
server.on('connection', socket => {
  socket.on('message', (data, isBinary) => {
    for (const other of server.clients) if (other !== socket) other.send(data, { binary: isBinary });
  });
});
server.on('listening', () => console.log('ready'));
