#include "cli/open_connection.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

#include "base/wait.h"
#include "cli/report.h"
#include "engines/connect.h"
#include "net/url.h"

namespace mydba::cli {
namespace {

/// The controlling terminal with its echo off, put back at the end.
class QuietTerminal {
 public:
  QuietTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (changed_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
    if (fd_ >= 0) ::close(fd_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  bool usable() const { return changed_; }
  void say(std::string_view text) {
    [[maybe_unused]] auto written = ::write(fd_, text.data(), text.size());
  }
  /// A line without its end; cancelled work stops waiting for it.
  Result<std::string> readLine(const CancelToken& cancel) {
    std::string line;
    for (char byte = 0;;) {
      if (auto ready = waitFor(fd_, Ready::read, cancel); !ready) return ready.error();
      if (::read(fd_, &byte, 1) != 1 || byte == '\n') return line;
      line += byte;
    }
  }

 private:
  const int fd_;
  termios before_{};
  bool changed_ = false;
};

Result<std::optional<std::string>> typed(std::string_view what, const CancelToken& cancel) {
  QuietTerminal terminal;
  if (!terminal.usable()) return std::optional<std::string>();
  terminal.say("mydba: " + std::string(what) + ": ");
  auto line = terminal.readLine(cancel);
  terminal.say("\n");
  if (!line) return line.error();
  return std::optional(std::move(*line));
}

}  // namespace

store::AuditTrail commandAudit(protocol::AuditActor actor,
                               const protocol::ConnectionProfile& profile) {
  const auto tell = [](std::string_view sentence) {
    std::fprintf(stderr, "mydba: %s\n", printable(sentence).c_str());
  };
  const auto file = store::auditFile();
  if (!file) tell("audit: no entry is written: " + file.error().message);
  auto writer = std::make_shared<store::AuditWriter>(
      file ? std::optional(*file) : std::optional<std::string>(), tell);
  return {std::move(writer), store::auditScope(actor, profile)};
}

Result<OpenConnection> openConnection(std::string_view url, bool readOnly,
                                      const CancelToken& cancel) {
  std::error_code ignored;
  auto parsed = net::parseUrl(url, std::filesystem::current_path(ignored).native());
  if (!parsed) return parsed.error();
  if (readOnly) parsed->profile.readOnly = true;
  const SecretSource given = [&](protocol::SecretKind kind) -> Result<std::optional<std::string>> {
    return kind == protocol::SecretKind::password ? parsed->password : std::nullopt;
  };
  auto connection = connect(parsed->profile, given, cancel);
  // Only now, so that variables and files of the engine's own tools come before a prompt.
  if (!connection && connection.error().code == ErrorCode::authFailed && !parsed->password) {
    const SecretSource asked = [&](protocol::SecretKind kind) {
      return typed(
          kind == protocol::SecretKind::password ? "password" : "passphrase of the ssh key",
          cancel);
    };
    connection = connect(parsed->profile, asked, cancel);
  }
  auto audit = commandAudit(protocol::AuditActor::cli, parsed->profile);
  audit.connected("session", connection ? Result<void>() : Result<void>(connection.error()));
  if (!connection) return connection.error();
  return OpenConnection{std::move(parsed->profile), std::move(*connection), std::move(audit)};
}

}  // namespace mydba::cli
