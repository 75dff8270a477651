#include "net/resolve.h"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace mydba::net {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

Result<Addresses> lookUp(const std::string& host, int flags) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = flags;
  addrinfo* raw = nullptr;
  const int code = ::getaddrinfo(host.c_str(), nullptr, &wanted, &raw);
  if (code != 0)
    return Error{.code = ErrorCode::connectFailed,
                 .message = "cannot resolve host \"" + host + "\": " + ::gai_strerror(code),
                 .hint = "check the spelling of the host name and the network connection",
                 .retryable = code == EAI_AGAIN};
  const std::unique_ptr<addrinfo, FreeAddresses> list(raw);
  Addresses found;
  for (const addrinfo* at = list.get(); at; at = at->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(at->ai_addr, at->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
      continue;
    if (std::find(found.begin(), found.end(), text.data()) == found.end())
      found.emplace_back(text.data());
  }
  if (found.empty())
    return Error{.code = ErrorCode::connectFailed,
                 .message = "host \"" + host + "\" has no usable address"};
  return found;
}

/// What the waiting and the looking-up thread share. The pipe's end of file says that `result` is
/// there.
struct Pending {
  std::mutex mutex;
  std::optional<Result<Addresses>> result;
  int read = -1;
  int write = -1;

  ~Pending() {
    if (read >= 0) ::close(read);
    closeWrite();
  }
  void closeWrite() {
    if (write >= 0) ::close(std::exchange(write, -1));
  }
  bool openPipe() {
    int ends[2];
    if (::pipe(ends) != 0) return false;
    for (int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    read = ends[0];
    write = ends[1];
    return true;
  }
};

}  // namespace

Result<Addresses> resolveBy(Lookup lookup, const std::string& host, const CancelToken& cancel,
                            Deadline deadline) {
  auto pending = std::make_shared<Pending>();
  if (!pending->openPipe())
    return Error{.code = ErrorCode::io, .message = std::string("pipe: ") + std::strerror(errno)};
  try {
    std::thread([pending, lookup = std::move(lookup), host] {
      auto result = lookup(host);
      std::lock_guard lock(pending->mutex);
      pending->result = std::move(result);
      pending->closeWrite();
    }).detach();
  } catch (const std::system_error& failure) {
    return Error{.code = ErrorCode::io, .message = std::string("thread: ") + failure.what()};
  }
  const auto waited = waitFor(pending->read, Ready::read, cancel, deadline);
  if (!waited && waited.error().code == ErrorCode::timeout)
    return Error{.code = ErrorCode::timeout,
                 .message = "no answer from DNS about host \"" + host + "\"",
                 .hint = "check the network connection, or use a numeric address",
                 .retryable = true};
  if (!waited) return waited.error();
  std::lock_guard lock(pending->mutex);
  return std::move(*pending->result);
}

Result<Addresses> resolve(const std::string& host, const CancelToken& cancel, Deadline deadline) {
  // A numeric address needs no name server, and so no thread.
  if (auto numeric = lookUp(host, AI_NUMERICHOST)) return numeric;
  return resolveBy([](const std::string& name) { return lookUp(name, 0); }, host, cancel, deadline);
}

}  // namespace mydba::net
