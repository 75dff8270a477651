// Settings of a server that must be set back whatever happens.
//
// What the performance schema records is a setting of the whole server, not of a session. So the
// one who changes it is not the helper but a second process of the same program, which does three
// things: it notes what is off and switches it on, it waits for the end of its stdin, and it sets
// back what it has changed. The helper only holds the other end of the pipe. An end of file comes
// when the helper closes it (the run is over, has failed, was cancelled, has lost its connection),
// and when the helper dies, of SIGKILL too, because the kernel closes it. There is no other way to
// set back, so the rare one is taken every day.
//
// Protocol, over the two pipes, a line of JSON each. To the process: how to connect, the password
// included, which is in no argument and no environment. From it: {"changed": n} once all is on, or
// {"error": …} when that failed and nothing is changed any more; after the end of its stdin
// {"restored": n} or {"error": …}.
//
// The process has a session of its own (setsid), so that neither Ctrl-C nor the end of a terminal
// or of a process group reaches it, and none of the helper's descriptors: a copy of one would keep
// a connection open that the helper has lost. It holds its connection while it waits, and connects
// anew, for a minute, when that is gone. A server that was started again has its own settings
// again.
//
// Through a tunnel of the helper (ssh) the process would be cut off together with it: there nothing
// is switched on. Two runs at once are harmless: each sets back what it has found.

#include "engines/mysql/instruments.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/wait.h"
#include "rpc/json.h"

extern char** environ;

namespace mydba::mysql {
namespace {

constexpr std::chrono::seconds patience{10};
/// Longer than any line that is written.
constexpr std::size_t longestLine = 65536;

Error systemError(const char* what, int number) {
  return {.code = ErrorCode::io, .message = std::string(what) + ": " + std::strerror(number)};
}

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
  Result<void> open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return systemError("pipe", errno);
    read = ends[0];
    write = ends[1];
    return {};
  }
};

/// Starts this program again with the pipes as its stdin and stdout.
Result<pid_t> start(const Pipe& in, const Pipe& out) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in.read, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::string program = "mydba", command = "restore-instruments";
  std::array<char*, 3> arguments = {program.data(), command.data(), nullptr};
  pid_t process = -1;
  const int failed =
      posix_spawn(&process, "/proc/self/exe", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return systemError("start of a second process", failed);
  return process;
}

Result<void> writeAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return systemError("write", errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// The next line without its end; what is behind the last end of line is none.
Result<std::string> readLine(int fd, const CancelToken& cancel, Deadline deadline) {
  std::string line;
  while (line.size() < longestLine) {
    if (const auto ready = waitFor(fd, Ready::read, cancel, deadline); !ready) return ready.error();
    char byte = 0;
    const auto count = ::read(fd, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0)
      return Error{.code = ErrorCode::io, .message = "the process that sets back has ended"};
    if (byte == '\n') return line;
    line += byte;
  }
  return Error{.code = ErrorCode::io, .message = "the process that sets back is not understood"};
}

/// Waits until the process says that it has done its part, `changed` or `restored`.
Result<void> hear(int fd, const char* part, const CancelToken& cancel) {
  const auto deadline = Clock::now() + patience;
  for (;;) {
    const auto line = readLine(fd, cancel, deadline);
    if (!line) return line.error();
    const auto json = rpc::Json::parse(*line, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object())
      return Error{.code = ErrorCode::io, .message = "the process that sets back is confused"};
    if (json.contains(part)) return {};
    if (const auto error = json.find("error"); error != json.end() && error->is_string())
      return Error{.code = ErrorCode::server,
                   .message = error->get<std::string>(),
                   .engineCode = json.value("number", std::string())};
  }
}

std::string introduction(const Target& target) {
  const rpc::Json json = {{"host", target.host},
                          {"port", target.port},
                          {"socket", target.socket},
                          {"user", target.user},
                          {"tlsCa", target.tlsCa},
                          {"password", target.password},
                          {"tls", static_cast<int>(target.tls)}};
  return json.dump(-1, ' ', true, rpc::Json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<Instruments> Instruments::switchOn(const Target& target, const CancelToken& cancel) {
  if (target.tunnelled)
    return Error{.code = ErrorCode::unsupported,
                 .message = "through a tunnel they could not be set back if MyDBA were killed"};
  Pipe in, out;
  if (const auto made = in.open(); !made) return made.error();
  if (const auto made = out.open(); !made) return made.error();
  const auto process = start(in, out);
  if (!process) return process.error();
  Instruments instruments(*process, std::exchange(in.write, -1), std::exchange(out.read, -1));
  // Our copies of its ends would hide its death, and ours.
  ::close(std::exchange(in.read, -1));
  ::close(std::exchange(out.write, -1));
  if (const auto told = writeAll(instruments.in_, introduction(target)); !told) return told.error();
  const auto changed = hear(instruments.out_, "changed", cancel);
  if (changed) return instruments;
  // It has set back already before it told of an error of the server's.
  if (changed.error().code == ErrorCode::server)
    instruments.awaitEnd();
  else if (const auto restored = instruments.restore(); !restored)
    return restored.error();
  return changed.error();
}

Instruments::Instruments(Instruments&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      in_(std::exchange(other.in_, -1)),
      out_(std::exchange(other.out_, -1)) {}

Instruments::~Instruments() { letGo(); }

Result<void> Instruments::restore() {
  if (in_ < 0) return {};
  ::close(std::exchange(in_, -1));
  const auto restored = hear(out_, "restored", CancelToken{});
  if (restored || restored.error().code == ErrorCode::server) awaitEnd();
  letGo();
  return restored;
}

/// When it has told how setting back went it ends at once. Without this it stays as a zombie.
void Instruments::awaitEnd() {
  if (process_ > 0) ::waitpid(std::exchange(process_, -1), nullptr, 0);
}

void Instruments::letGo() {
  if (in_ >= 0) ::close(std::exchange(in_, -1));
  if (out_ >= 0) ::close(std::exchange(out_, -1));
  // One that still tries is left behind; init takes it over when this process ends.
  if (process_ > 0) ::waitpid(std::exchange(process_, -1), nullptr, WNOHANG);
}

}  // namespace mydba::mysql
