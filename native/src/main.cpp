// Ignores SIGPIPE, picks the subcommand, hands it the arguments. Everything else is in cli/.

#include <csignal>
#include <span>

#include "cli/command.h"

int main(int argc, char** argv) {
  // A peer that closes early (a pager, a dead server) is an error value, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  return mydba::cli::run(std::span<char*>(argv, static_cast<std::size_t>(argc)).subspan(1));
}
