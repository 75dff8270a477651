#pragma once

// TLS on a connected socket, with OpenSSL, for protocols we speak ourselves.

#include <memory>
#include <string>

#include "net/stream.h"
#include "types.h"

namespace mydba::net {

struct TlsOptions {
  /// `prefer` and `require` encrypt without verifying; `verifyCa` checks the chain; `verifyFull`
  /// also checks that the certificate names `host`. Not `disable`.
  protocol::TlsMode mode = protocol::TlsMode::verifyFull;
  std::string host;         ///< name or address of the server, also behind a tunnel
  std::string ca;           ///< PEM file; empty: the authorities of this machine
  std::string certificate;  ///< PEM file of the client; empty: none
  std::string key;          ///< PEM file of the client's key; empty: the certificate's file
};

/// Shakes hands, and gives the encrypted stream. Errors: `connectFailed` with what was wrong with
/// the certificate, `cancelled`, `timeout`.
Result<std::unique_ptr<Stream>> tlsStream(Socket socket, const TlsOptions& options,
                                          const CancelToken& cancel, Deadline deadline);

}  // namespace mydba::net
