#include "net/resolve.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/detached.h"

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

}  // namespace

Result<Addresses> resolveBy(Lookup lookup, const std::string& host, const CancelToken& cancel,
                            Deadline deadline) {
  auto pending = Detached<Result<Addresses>>::start(
      [lookup = std::move(lookup), host] { return lookup(host); });
  if (!pending) return pending.error();
  auto found = pending->wait(cancel, deadline);
  if (found) return std::move(*found);
  if (found.error().code != ErrorCode::timeout) return found.error();
  return Error{.code = ErrorCode::timeout,
               .message = "no answer from DNS about host \"" + host + "\"",
               .hint = "check the network connection, or use a numeric address",
               .retryable = true};
}

Result<Addresses> resolve(const std::string& host, const CancelToken& cancel, Deadline deadline) {
  // A numeric address needs no name server, and so no thread.
  if (auto numeric = lookUp(host, AI_NUMERICHOST)) return numeric;
  return resolveBy([](const std::string& name) { return lookUp(name, 0); }, host, cancel, deadline);
}

}  // namespace mydba::net
