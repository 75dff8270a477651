// The test's end of a language model of the editor (scripted_model/): what it is asked is kept, and what
// it answers is written here, piece by piece.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/**
 * Listens for the model. `script(request, say)` answers the next request: `request` is
 * {messages, tools}, each message a list of {text}, {call} or {result}; `say.text(piece)` and
 * `say.call(tool, input)` are its parts, `say.stopped` is a promise of the end of who listens.
 */
export async function scriptedModel(t) {
  const model = { asked: [], script: async (_request, say) => say.text("ok") };
  const server = createServer(async (request, response) => {
    const asked = JSON.parse(await text(request));
    model.asked.push(asked);
    const write = (part) => response.write(`${JSON.stringify(part)}\n`);
    await model.script(asked, {
      text: (piece) => write({ text: piece }),
      call: (call, input) => write({ call, input }),
      stopped: once(response, "close"),
    });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  model.url = `http://127.0.0.1:${server.address().port}`;
  return model;
}

/** What the last message brings back from tools. */
export const toolResults = ({ messages }) =>
  messages.at(-1).flatMap(({ result }) => (result === undefined ? [] : [result]));
