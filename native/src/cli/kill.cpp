#include <cstdio>

#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"

namespace mydba::cli {

Exit kill(Arguments arguments) {
  constexpr Flag flags[] = {{"query", false}, {"connection", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("kill", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() != 2 || parsed->has("query") == parsed->has("connection"))
    return fail("kill",
                {.code = ErrorCode::invalidParams,
                 .message = "needs a URL, an id, and either --query or --connection",
                 .hint = "mydba processes URL lists the ids"},
                json);
  Interrupt interrupt;
  auto open = openConnection(parsed->positional[0], /*readOnly=*/false, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  Processes* list = open->connection->processes();
  if (!list)
    return fail("kill",
                {.code = ErrorCode::unsupported,
                 .message = open->connection->server().flavour + " has no sessions to end"},
                json);
  const auto kind =
      parsed->has("query") ? protocol::KillKind::query : protocol::KillKind::connection;
  const auto done = list->kill(parsed->positional[1], kind, interrupt.token());
  open->audit.killed(protocol::name(kind), done ? Result<void>() : Result<void>(done.error()));
  if (!done) return fail("kill", done.error(), json);
  if (json)
    printJson({{"killed", done->killed}});
  else
    std::puts(done->killed ? "killed" : "it was gone already");
  return Exit::done;
}

}  // namespace mydba::cli
