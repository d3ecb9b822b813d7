// A cable between a client and a server that can be cut: a TCP proxy.
import net from 'node:net';

export class Cable {
  #server;
  #connections = new Set();
  #whole = true;

  constructor(url) {
    this.target = new URL(url);
    this.#server = net.createServer((near) => this.#join(near));
  }

  /** The address of the target, by way of this cable. */
  async url() {
    if (!this.#server.listening) {
      await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    }
    const url = new URL(this.target);
    url.port = String(this.#server.address().port);
    return url.href;
  }

  #join(near) {
    if (!this.#whole) return near.destroy();
    const far = net.connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      this.#connections.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#connections.delete(one);
        other.destroy();
      });
    }
  }

  /** Every connection is lost, and no new one comes about. */
  cut() {
    this.#whole = false;
    for (const connection of this.#connections) connection.destroy();
  }

  mend() {
    this.#whole = true;
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
