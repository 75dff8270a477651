#include "cli/confirm.h"

#include <unistd.h>

#include <cstdio>

#include "base/utf8.h"
#include "base/wait.h"
#include "cli/report.h"
#include "guard/phrase.h"

namespace mydba::cli {
namespace {

constexpr std::size_t shownSqlBytes = 2000;

/// With --yes all are confirmed at once, so a destructive statement cannot hide behind another.
guard::Policy policyOf(const OpenConnection& open, bool each) {
  guard::Policy policy = guard::policyOf(open.profile);
  policy.confirmsEach = each;
  return policy;
}

/// A line without its end; at the end of the input what there is.
Result<std::string> readLine(const CancelToken& cancel) {
  std::string line;
  for (char byte = 0;;) {
    if (auto ready = waitFor(STDIN_FILENO, Ready::read, cancel); !ready) return ready.error();
    if (::read(STDIN_FILENO, &byte, 1) != 1 || byte == '\n') return line;
    line += byte;
  }
}

}  // namespace

CommandGate::CommandGate(const OpenConnection& open, bool yes, CancelToken cancel)
    : yes_(yes),
      terminal_(!yes && ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO)),
      dialect_(dialectOf(open.profile.engine)),
      connectionName_(open.profile.name),
      cancel_(std::move(cancel)),
      gate_(dialect_, policyOf(open, terminal_)) {}

guard::Confirm CommandGate::confirm() const {
  return [this](const guard::JudgedStatement& statement) -> Result<guard::Confirmation> {
    if (yes_) return guard::Confirmation::flag;
    if (terminal_) return ask(statement);
    return Error{.code = ErrorCode::refused,
                 .message = "needs --yes: " + guard::sentence(statement.verdict()),
                 .position = static_cast<std::int64_t>(statement.start()),
                 .hint = "add --yes to confirm it, or run it at a terminal to be asked"};
  };
}

Result<guard::Confirmation> CommandGate::ask(const guard::JudgedStatement& statement) const {
  const guard::Verdict& verdict = statement.verdict();
  std::fprintf(stderr, "%s\n", printable(utf8Prefix(statement.text(), shownSqlBytes)).c_str());
  for (const auto& reason : verdict.reasons)
    std::fprintf(stderr, "  %s\n", printable(reason.message).c_str());
  const std::string wanted =
      verdict.typed ? guard::phrase(statement.text(), dialect_, connectionName_) : "yes";
  std::fprintf(stderr, "Risk %s on %s. Type %s to run it: ", protocol::name(verdict.risk).data(),
               printable(connectionName_).c_str(), printable(wanted).c_str());
  const auto line = readLine(cancel_);
  if (!line) return line.error();
  if (*line != wanted) return guard::Confirmation::declined;
  return verdict.typed ? guard::Confirmation::typed : guard::Confirmation::button;
}

}  // namespace mydba::cli
