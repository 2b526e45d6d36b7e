const { CancellationTokenSource, commands, ConfigurationTarget, env, lm, workspace } = require("vscode");
const { writeFile } = require("node:fs/promises");

// The clipboard holds what to call and where its answer goes: { command or tool, argument, answer }, or, for the key,
// a setting to change: { setting, value }.
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
    commands.registerCommand("caller.set", async () => {
      const { setting, value } = JSON.parse(await env.clipboard.readText());
      await workspace.getConfiguration().update(setting, value, ConfigurationTarget.Global);
    }),
  );
};
