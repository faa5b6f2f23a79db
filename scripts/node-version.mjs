// Imported first of all: must load on any Node that knows ES modules.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `需要 Node.js 20.19 或更高版本，现在是 ${process.versions.node}：请到 https://nodejs.org/zh-cn/download 安装后重试。 / ` +
      `Node.js 20.19 or later is needed, this is ${process.versions.node}: install it from https://nodejs.org and try again.`,
  );
  process.exit(1);
}
