#include "base/event.h"

#include <fcntl.h>
#include <unistd.h>

namespace mydba {

Event::Event() {
  if (::pipe(pipe_) != 0) return;
  for (int end : pipe_) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

Event::~Event() {
  for (int end : pipe_)
    if (end >= 0) ::close(end);
}

void Event::signal() {
  const char byte = 1;
  // A full pipe is a signalled pipe.
  [[maybe_unused]] auto written = ::write(pipe_[1], &byte, 1);
}

}  // namespace mydba
