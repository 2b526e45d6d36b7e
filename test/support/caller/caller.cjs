const { CancellationTokenSource, commands, env, lm } = require("vscode");
const { writeFile } = require("node:fs/promises");

// The clipboard holds what to call and where its answer goes: { command or tool, argument, answer }.
exports.activate = ({ subscriptions }) => {
  const call = ({ command, tool, argument }) => {
    if (command !== undefined) return commands.executeCommand(command, argument);
    const options = { input: argument, toolInvocationToken: undefined };
    const said = lm.invokeTool(tool, options, new CancellationTokenSource().token);
    return said.then(({ content }) => JSON.parse(content.map(({ value }) => value).join("")));
  };
  subscriptions.push(
    commands.registerCommand("caller.call", async () => {
      const asked = JSON.parse(await env.clipboard.readText());
      const said = await call(asked).then(
        (report) => ({ report }),
        (error) => ({ error: String(error.message) }),
      );
      await writeFile(asked.answer, JSON.stringify(said));
    }),
  );
};
