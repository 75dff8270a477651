// `mydba mcp`: the tools for an agent, over stdin and stdout (mcp/session.h). This thread reads
// lines; EOF on stdin means that the agent is gone, and ends the program.

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "cli/command.h"
#include "cli/flags.h"
#include "cli/report.h"
#include "cli/tool_desk.h"
#include "mcp/session.h"

namespace mydba::cli {
namespace {

/// A longer line is passed over: no call of these tools needs so much.
constexpr std::size_t longestLine = 4 << 20;

void writeAll(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd writable{STDOUT_FILENO, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return;  // the agent reads no more; EOF on stdin follows
    }
  }
}

/// Some bytes of stdin; empty at its end.
std::string readSome() {
  std::string bytes(65536, '\0');
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.resize(static_cast<std::size_t>(count));
      return bytes;
    }
    if (errno == EAGAIN) {
      pollfd readable{STDIN_FILENO, POLLIN, 0};
      ::poll(&readable, 1, -1);
    } else if (errno != EINTR) {
      return {};
    }
  }
}

void pump(mydba::mcp::Session& session) {
  std::string pending;
  bool skipping = false;
  for (std::string bytes = readSome(); !bytes.empty(); bytes = readSome()) {
    pending += bytes;
    std::size_t start = 0;
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', start)) {
      if (!skipping) session.receive(std::string_view(pending).substr(start, end - start));
      skipping = false;
      start = end + 1;
    }
    pending.erase(0, start);
    if (pending.size() <= longestLine) continue;
    // What a refusal answers, with no id: it stands somewhere in the line.
    if (!skipping) session.receive("a line over 4 MiB");
    skipping = true;
    pending.clear();
  }
}

}  // namespace

Exit mcp(Arguments arguments) {
  const auto parsed = parseArguments(arguments, {});
  if (!parsed) return fail("mcp", parsed.error(), false);
  if (parsed->positional.empty())
    return fail("mcp",
                {.code = ErrorCode::invalidParams,
                 .message = "needs the databases that an agent may read",
                 .hint = "mydba mcp shop=postgres://me@host/shop log=sqlite:/path/log.db"},
                false);
  // Threads that are stuck at a dead server still refer to all this: then the program ends by
  // _exit.
  ThreadGroup calls;
  ThreadGroup lanes;
  Timer timer;
  {
    ToolConnections connections(lanes);
    for (const std::string& given : parsed->positional)
      if (auto added = connections.add(given); !added) return fail("mcp", added.error(), false);
    const auto session = std::make_shared<mydba::mcp::Session>(
        [&](CancelToken cancel, mydba::mcp::Progress progress) {
          return connections.desk(std::move(cancel), std::move(progress));
        },
        writeAll, calls, timer);
    pump(*session);
    session->end();
    if (!calls.waitUntilIdle(Clock::now() + std::chrono::seconds(1))) ::_exit(0);
  }
  if (!lanes.waitUntilIdle(Clock::now() + std::chrono::seconds(1))) ::_exit(0);
  return Exit::done;
}

}  // namespace mydba::cli
