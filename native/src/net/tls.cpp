#include "net/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <algorithm>
#include <climits>
#include <utility>

namespace mydba::net {
namespace {

using protocol::TlsMode;
using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

std::string opensslReason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "the server closed the connection";
  const char* reason = ERR_reason_error_string(code);
  return reason ? reason : "OpenSSL error " + std::to_string(code);
}

Error tlsError(const std::string& why, std::string hint) {
  return {.code = ErrorCode::connectFailed, .message = "TLS: " + why, .hint = std::move(hint)};
}

bool isAddress(const std::string& host) {
  unsigned char bytes[16];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

Result<void> loadAuthorities(SSL_CTX* context, const TlsOptions& options) {
  const bool loaded =
      options.ca.empty() ? SSL_CTX_set_default_verify_paths(context) == 1
                         : SSL_CTX_load_verify_locations(context, options.ca.c_str(), nullptr) == 1;
  if (loaded) return {};
  return tlsError("cannot read the authorities of `" + options.ca + "`: " + opensslReason(),
                  "tlsCa must name a PEM file with certificates");
}

Result<void> loadCertificate(SSL_CTX* context, const TlsOptions& options) {
  if (options.certificate.empty()) return {};
  const std::string& key = options.key.empty() ? options.certificate : options.key;
  if (SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) == 1 &&
      SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) == 1)
    return {};
  return tlsError("cannot use the client certificate: " + opensslReason(),
                  "it and its unencrypted key must be PEM files that belong together");
}

Result<Context> makeContext(const TlsOptions& options) {
  Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context) return tlsError(opensslReason(), {});
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  // Servers that close without close_notify are common, and the protocols above know where a reply
  // ends.
  SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (options.mode == TlsMode::verifyCa || options.mode == TlsMode::verifyFull) {
    if (auto loaded = loadAuthorities(context.get(), options); !loaded) return loaded.error();
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  }
  if (auto loaded = loadCertificate(context.get(), options); !loaded) return loaded.error();
  return context;
}

void nameHost(SSL* ssl, const TlsOptions& options) {
  const bool address = isAddress(options.host);
  if (!address) SSL_set_tlsext_host_name(ssl, options.host.c_str());
  if (options.mode != TlsMode::verifyFull) return;
  if (address)
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), options.host.c_str());
  else
    SSL_set1_host(ssl, options.host.c_str());
}

Error handshakeError(SSL* ssl, const TlsOptions& options) {
  const long verdict = SSL_get_verify_result(ssl);
  if (verdict == X509_V_OK || SSL_get_verify_mode(ssl) == SSL_VERIFY_NONE)
    return tlsError(opensslReason(), "check that the server speaks TLS on this port");
  ERR_clear_error();
  Error error = tlsError(std::string("the certificate of `") + options.host +
                             "` is not accepted: " + X509_verify_cert_error_string(verdict),
                         "name the authority that signed it with tlsCa=/path/ca.pem");
  if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
    error.hint = "connect by a name that the certificate has, or use tls=verifyCa";
  return error;
}

class TlsStream final : public Stream {
 public:
  TlsStream(Socket socket, Context context, Session session)
      : socket_(std::move(socket)), context_(std::move(context)), ssl_(std::move(session)) {}

  Result<void> handshake(const TlsOptions& options, const CancelToken& cancel, Deadline deadline) {
    for (;;) {
      ERR_clear_error();
      const int result = SSL_connect(ssl_.get());
      if (result == 1) return {};
      const int why = SSL_get_error(ssl_.get(), result);
      if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
        return handshakeError(ssl_.get(), options);
      auto ready = wait(why, cancel, deadline);
      if (ready) continue;
      Error error = ready.error();
      // Many servers wait for the end of a line of what they do not take for TLS.
      if (error.code == ErrorCode::timeout && error.hint.empty())
        error.hint = "check that the server speaks TLS on this port";
      return error;
    }
  }

  Result<std::size_t> read(std::span<char> into, const CancelToken& cancel,
                           Deadline deadline) override {
    for (;;) {
      ERR_clear_error();
      const int size = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
      const int count = SSL_read(ssl_.get(), into.data(), size);
      if (count > 0) return static_cast<std::size_t>(count);
      const int why = SSL_get_error(ssl_.get(), count);
      if (why == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
      if (auto ready = wait(why, cancel, deadline); !ready) return ready.error();
    }
  }

  Result<void> write(std::string_view bytes, const CancelToken& cancel,
                     Deadline deadline) override {
    while (!bytes.empty()) {
      ERR_clear_error();
      // A repeated SSL_write must be given the same bytes; the buffer is the caller's, so it is.
      const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20));
      const int count = SSL_write(ssl_.get(), bytes.data(), size);
      if (count > 0)
        bytes.remove_prefix(static_cast<std::size_t>(count));
      else if (auto ready = wait(SSL_get_error(ssl_.get(), count), cancel, deadline); !ready)
        return ready;
    }
    return {};
  }

  bool encrypted() const override { return true; }

  /// A session ticket that arrives late (TLS 1.3) also counts as input; what is lost by taking it
  /// for staleness would be a whole reconnect, so it is read first.
  bool hasInput() const override {
    pollfd poll{socket_.fd(), POLLIN, 0};
    if (::poll(&poll, 1, 0) <= 0) return SSL_pending(ssl_.get()) > 0;
    char byte = 0;
    ERR_clear_error();
    const int count = SSL_peek(ssl_.get(), &byte, 1);
    return count > 0 || SSL_get_error(ssl_.get(), count) != SSL_ERROR_WANT_READ;
  }

 private:
  Result<void> wait(int why, const CancelToken& cancel, Deadline deadline) {
    if (why == SSL_ERROR_WANT_READ) return waitFor(socket_.fd(), Ready::read, cancel, deadline);
    if (why == SSL_ERROR_WANT_WRITE) return waitFor(socket_.fd(), Ready::write, cancel, deadline);
    return Error{.code = ErrorCode::connectionLost,
                 .message = "the connection is lost: " + opensslReason(),
                 .retryable = true};
  }

  Socket socket_;
  Context context_;
  Session ssl_;
};

}  // namespace

Result<std::unique_ptr<Stream>> tlsStream(Socket socket, const TlsOptions& options,
                                          const CancelToken& cancel, Deadline deadline) {
  auto context = makeContext(options);
  if (!context) return context.error();
  Session session(SSL_new(context->get()), &SSL_free);
  if (!session || SSL_set_fd(session.get(), socket.fd()) != 1) return tlsError(opensslReason(), {});
  nameHost(session.get(), options);
  auto stream =
      std::make_unique<TlsStream>(std::move(socket), std::move(*context), std::move(session));
  if (auto done = stream->handshake(options, cancel, deadline); !done) return done.error();
  return std::unique_ptr<Stream>(std::move(stream));
}

}  // namespace mydba::net
