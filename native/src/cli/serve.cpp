// `mydba serve --stdio`: the helper of an editor. This thread reads stdin and never blocks on
// anything else; EOF on stdin means that the editor is gone, and ends the program.

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <optional>

#include "cli/command.h"
#include "rpc/framing.h"
#include "server/server.h"
#include "store/plan_store.h"

namespace mydba::cli {
namespace {

struct ServeOptions {
  bool stdio = false;
  int threads = 2;
  LogLevel log = LogLevel::warning;
  std::string trace;
};

std::optional<LogLevel> logLevel(std::string_view name) {
  if (name == "error") return LogLevel::error;
  if (name == "warning") return LogLevel::warning;
  if (name == "info") return LogLevel::info;
  if (name == "debug") return LogLevel::debug;
  return std::nullopt;
}

std::optional<ServeOptions> parse(Arguments arguments) {
  ServeOptions options;
  for (const std::string_view argument : arguments) {
    const auto value = argument.substr(std::min(argument.find('='), argument.size() - 1) + 1);
    if (argument == "--stdio") {
      options.stdio = true;
    } else if (argument.starts_with("--threads=")) {
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), options.threads);
      if (error != std::errc() || end != value.data() + value.size() || options.threads < 0 ||
          options.threads > 64)
        return std::nullopt;
    } else if (argument.starts_with("--log=") && logLevel(value)) {
      options.log = *logLevel(value);
    } else if (argument.starts_with("--trace=")) {
      options.trace = value;
    } else {
      return std::nullopt;
    }
  }
  return options.stdio ? std::optional(options) : std::nullopt;
}

/// Reads until EOF.
void pump(server::Server& server) {
  rpc::FrameReader reader;
  char bytes[65536];
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count == 0) return;
    if (count < 0) {
      if (errno == EAGAIN) {
        pollfd readable{STDIN_FILENO, POLLIN, 0};
        ::poll(&readable, 1, -1);
      } else if (errno != EINTR) {
        return;
      }
      continue;
    }
    reader.feed({bytes, static_cast<std::size_t>(count)});
    while (const auto incoming = reader.next()) {
      switch (incoming->kind) {
        case rpc::Incoming::Kind::message: server.receive(incoming->body); break;
        case rpc::Incoming::Kind::tooLarge:
          server.refuse({.code = ErrorCode::tooLarge, .message = "a message over 64 MiB"});
          break;
        case rpc::Incoming::Kind::badHeader:
          server.refuse({.code = ErrorCode::invalidParams, .message = "bytes without a header"});
          break;
      }
    }
  }
}

}  // namespace

Exit serve(Arguments arguments) {
  const auto options = parse(arguments);
  if (!options) {
    std::fputs(
        "mydba: serve: wrong flags; use serve --stdio [--threads=N] [--log=error|warning|"
        "info|debug] [--trace=FILE]\n",
        stderr);
    return Exit::usage;
  }
  Log log(options->log);
  Trace trace(options->trace);
  if (!options->trace.empty() && !trace.ok())
    log.write(LogLevel::warning, "cannot write the trace file; going on without");
  bool quiet = false;
  {
    rpc::Outbox outbox(STDOUT_FILENO);
    const auto auditFile = store::auditFile();
    if (!auditFile)
      log.write(LogLevel::warning, "audit: no entry is written: " + auditFile.error().message);
    const auto planFile = store::planFile();
    if (!planFile) log.write(LogLevel::warning, "plans: none is kept: " + planFile.error().message);
    const auto sentFile = store::sentFile();
    if (!sentFile)
      log.write(LogLevel::warning, "AI: nothing can be sent: " + sentFile.error().message);
    server::Server server(outbox, log, trace,
                          {.threads = options->threads,
                           .auditFile = auditFile ? std::optional(*auditFile) : std::nullopt,
                           .planFile = planFile ? std::optional(*planFile) : std::nullopt,
                           .sentFile = sentFile ? std::optional(*sentFile) : std::nullopt});
    pump(server);
    quiet = server.shutdown(std::chrono::seconds(1));
    // A thread stuck in a call to a dead server still refers to the server: leave it behind.
    if (!quiet) ::_exit(0);
  }
  return Exit::done;
}

}  // namespace mydba::cli
