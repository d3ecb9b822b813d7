// Runs checks by name and prints one JSON line each; what takes longer than it may has failed.
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function timed(promise, what, within = 5000) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what}: too late`)), within)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    let reason;
    try {
      await check();
    } catch (error) {
      reason = String(error?.message ?? error);
    }
    console.log(JSON.stringify({ name, status: reason === undefined ? 'ok' : 'error', reason }));
  }
  process.exit(0);
}
