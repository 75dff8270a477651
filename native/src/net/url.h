#pragma once

// Connection URLs.
//
//     scheme://[user[:password]@][host][:port][/database][?name=value&…]
//     scheme:/path/of/file                                (engines that open files)
//
// The schemes are those of the engines' descriptors. `scheme` + "s", where an engine has it
// (`rediss`), demands verified TLS. Every part may be percent-encoded (RFC 3986); an IPv6 address
// stands in brackets; a host that decodes to an absolute path is a unix socket, as in libpq.
//
// Parameters with a meaning of their own; all others go to the engine as `options`:
//     tls, sslmode, ssl-mode         disable, prefer, require, verifyCa, verifyFull; also as libpq
//                                    (verify-full) and MySQL (VERIFY_IDENTITY) spell them
//     tlsCa, sslrootcert, ssl-ca     PEM file with the accepted authorities
//     socket                         unix socket
//     ssh, sshKey                    `user@bastion:22`, and the private key for it
//     user, password                 as before the `@`
//     readOnly                       true or false
//     environment                    dev, staging or prod: how strict the guard is
//     allowDestructive               true or false: in prod, ask where the guard would block
//     connectTimeoutMs, connect_timeout (seconds)

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engines/engine.h"

namespace mydba::net {

struct ConnectionUrl {
  protocol::ConnectionProfile profile;  ///< `id` is empty; `name` is made from the other parts
  std::optional<std::string> password;  ///< absent for `***`, which is what printed URLs contain
};

/// Takes a URL apart. Errors are `invalidParams`, name the part that is wrong, and never quote what
/// could be a piece of a password. A relative file is taken from `workingDirectory`; without one it
/// is an error. Any thread, does not block.
Result<ConnectionUrl> parseUrl(std::string_view url, std::string_view workingDirectory = {},
                               std::span<const Engine* const> known = engines());

/// The URL of a profile; `***` stands for the password when there is one. Parsing it again gives
/// the same profile, `id` and `name` apart.
std::string renderUrl(const protocol::ConnectionProfile& profile, bool hasPassword,
                      std::span<const Engine* const> known = engines());

/// `[user@]host[:port]` of an ssh server.
struct SshTarget {
  std::string user;  ///< empty: the account of whoever runs the helper
  std::string host;
  int port = 22;
};
Result<SshTarget> parseSshTarget(std::string_view text);

}  // namespace mydba::net
