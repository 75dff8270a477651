#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include "cli/command.h"

namespace mydba::cli {

Interrupt::Interrupt() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGINT);
  ::sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Detached: it waits for a signal for the life of the program.
  std::thread([signals, source = source_]() mutable {
    int signal = 0;
    if (::sigwait(&signals, &signal) != 0) return;
    source.cancel(CancelReason::user);
    if (::sigwait(&signals, &signal) == 0) ::_exit(static_cast<int>(Exit::cancelled));
  }).detach();
}

}  // namespace mydba::cli
