// Loaded into the server by start.mjs: when start.mjs is gone in whatever way, the server stops as on SIGTERM.
const holder = Number(process.env.WUXIN_LEASH);
if (holder > 0) {
  const watch = setInterval(() => {
    if (process.ppid === holder) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}
