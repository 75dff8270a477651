#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mydba::cli {

/// Exit statuses of the public contract.
enum class Exit { done = 0, findings = 1, usage = 2, connect = 3, cancelled = 4 };

using Arguments = std::span<const std::string>;

/// One subcommand; its file is cli/<name>.cpp.
struct Command {
  std::string_view name;     ///< `query`, `sql split`
  std::string_view usage;    ///< arguments and flags, as help shows them
  std::string_view summary;  ///< one line; empty for one that only the program itself calls
  Exit (*run)(Arguments arguments);
};

/// All subcommands, in the order that help lists them.
std::span<const Command> commands();

/// Runs the subcommand that the arguments name; prints help or a usage error else.
int run(std::span<char*> arguments);

// One a file.
Exit askIntent(Arguments arguments);
Exit aiPreview(Arguments arguments);
Exit audit(Arguments arguments);
Exit explain(Arguments arguments);
Exit guardCheck(Arguments arguments);
Exit kill(Arguments arguments);
Exit mcp(Arguments arguments);
Exit planCollect(Arguments arguments);
Exit planDiff(Arguments arguments);
Exit planGrade(Arguments arguments);
Exit profile(Arguments arguments);
Exit processes(Arguments arguments);
Exit query(Arguments arguments);
Exit ragSearch(Arguments arguments);
Exit restoreInstruments(Arguments arguments);
Exit sample(Arguments arguments);
Exit serve(Arguments arguments);
Exit sqlAnonymize(Arguments arguments);
Exit sqlClassify(Arguments arguments);
Exit sqlFill(Arguments arguments);
Exit sqlFingerprint(Arguments arguments);
Exit sqlLint(Arguments arguments);
Exit sqlSplit(Arguments arguments);
Exit tree(Arguments arguments);
Exit variables(Arguments arguments);

}  // namespace mydba::cli
