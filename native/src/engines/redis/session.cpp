#include "engines/redis/session.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <utility>

#include "engines/redis/error_reply.h"
#include "net/tls.h"

namespace mydba::redis {
namespace {

using protocol::ConnectionProfile;
using protocol::TlsMode;

Result<int> databaseNumber(const ConnectionProfile& profile) {
  const std::string text = profile.database.value_or("0");
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "the database must be a number",
                 .hint = "for example redis://host/0"};
  return number;
}

/// Redis does not negotiate TLS on a plain port, so `prefer` has nothing to try.
bool wantsTls(const ConnectionProfile& profile) {
  const TlsMode mode = profile.tls.value_or(TlsMode::prefer);
  return mode != TlsMode::disable && mode != TlsMode::prefer;
}

std::string option(const ConnectionProfile& profile, std::string_view name) {
  if (profile.options)
    for (const auto& item : *profile.options)
      if (item.name == name) return item.value;
  return {};
}

net::TlsOptions tlsOptions(const ConnectionProfile& profile) {
  return {.mode = *profile.tls,
          .host = profile.host.value_or("127.0.0.1"),
          .ca = profile.tlsCa.value_or(""),
          .certificate = option(profile, "tlsCert"),
          .key = option(profile, "tlsKey")};
}

bool isLoginError(const Error& error) { return error.engineCode == "NOAUTH"; }

}  // namespace

Session::Session(ConnectionProfile profile, int defaultPort)
    : profile_(std::move(profile)),
      port_(static_cast<int>(profile_.port.value_or(defaultPort))),
      clientName_("mydba-" + std::to_string(::getpid())) {}

Result<std::unique_ptr<Session>> Session::open(const ConnectionProfile& profile, int defaultPort,
                                               const SecretSource& secrets,
                                               const CancelToken& cancel) {
  auto database = databaseNumber(profile);
  if (!database) return database.error();
  std::unique_ptr<Session> session(new Session(profile, defaultPort));
  session->userDatabase_ = *database;
  session->cancel_ = cancel;
  if (auto connected = session->connect(&secrets); !connected) {
    Error error = connected.error();
    if (error.code == ErrorCode::connectionLost) error.code = ErrorCode::connectFailed;
    return error;
  }
  session->deadline_.reset();
  return session;
}

Result<std::unique_ptr<Session>> Session::another(const CancelToken& cancel) const {
  std::unique_ptr<Session> session(new Session(profile_, port_));
  session->userDatabase_ = userDatabase_;
  session->password_ = password_;
  session->cancel_ = cancel;
  if (auto connected = session->connect(nullptr); !connected) return connected.error();
  session->deadline_.reset();
  return session;
}

Result<void> Session::start(int database, const CancelToken& cancel) {
  if (lost_)
    return Error{.code = ErrorCode::connectionLost,
                 .message = "the connection is lost",
                 .hint = "connect again"};
  cancel_ = cancel;
  deadline_.reset();
  // Nothing is outstanding, so what has come is the end of the stream: an administrator killed the
  // connection, or it was idle for longer than the server's `timeout`.
  if (stream_ && stream_->hasInput())
    return fail({.code = ErrorCode::connectionLost,
                 .message = "the server closed the connection",
                 .hint = "connect again",
                 .retryable = true});
  if (!stream_) {
    auto connected = connect(nullptr);
    deadline_.reset();
    if (!connected) {
      // Cancelling the attempt leaves the session as it was; a server that refuses ends it.
      drop();
      lost_ = !cancel.cancelled();
      Error error = connected.error();
      if (lost_) error.code = ErrorCode::connectionLost;
      return error;
    }
  }
  return database == selected_ ? Result<void>{} : select(database);
}

Result<net::Socket> Session::connectSocket() {
  if (profile_.socket) return net::connectUnix(*profile_.socket, cancel_, deadline_);
  const std::string host = profile_.host.value_or("");
  return net::connectTcp(host.empty() ? "127.0.0.1" : host, port_, cancel_, deadline_);
}

Result<void> Session::connectStream() {
  auto socket = connectSocket();
  if (!socket) return socket.error();
  if (wantsTls(profile_)) {
    auto stream = net::tlsStream(std::move(*socket), tlsOptions(profile_), cancel_, deadline_);
    if (!stream) return stream.error();
    stream_ = std::move(*stream);
  } else {
    stream_ = net::plainStream(std::move(*socket));
  }
  encrypted_ = stream_->encrypted();
  reader_ = std::make_unique<RespReader>(
      [this](std::span<char> into) { return stream_->read(into, cancel_, deadline_); });
  return {};
}

Result<void> Session::connect(const SecretSource* secrets) {
  const std::chrono::milliseconds limit(profile_.connectTimeoutMs.value_or(10'000));
  deadline_ = Clock::now() + limit;
  selected_ = 0;
  if (auto connected = connectStream(); !connected) return connected;
  if (auto done = login(secrets); !done) return done;
  return select(userDatabase_);
}

Result<void> Session::login(const SecretSource* secrets) {
  // With a user name a login is wanted; without one only when the server demands it.
  bool authenticated = false;
  if (!secrets && password_) {
    if (auto done = authenticate(); !done) return done;
    authenticated = true;
  }
  auto introduced =
      authenticated || !profile_.user ? introduce() : Result<void>(Error{.engineCode = "NOAUTH"});
  if (introduced || !isLoginError(introduced.error()) || !secrets) return introduced;
  const auto asked = Clock::now();
  auto secret = (*secrets)(protocol::SecretKind::password);
  // The user's typing does not count against the server's time.
  deadline_ = *deadline_ + (Clock::now() - asked);
  if (!secret) return secret.error();
  password_ = std::move(*secret);
  if (!password_)
    if (const char* text = std::getenv("REDISCLI_AUTH")) password_ = text;
  if (!password_ && !profile_.user) return introduced;
  if (auto done = authenticate(); !done) return done;
  return introduce();
}

Result<void> Session::authenticate() {
  Command command{"AUTH"};
  if (profile_.user) command.push_back(*profile_.user);
  // An ACL user with `nopass` accepts any password.
  command.push_back(password_.value_or(""));
  auto reply = ask(command);
  if (reply) return {};
  Error error = reply.error();
  error.code = ErrorCode::authFailed;
  if (error.hint.empty()) error.hint = "check user and password";
  return error;
}

Result<void> Session::introduce() {
  const Command commands[] = {
      {"CLIENT", "SETNAME", clientName_}, {"INFO", "server"}, {"CLIENT", "ID"}};
  auto replies = askAll(commands);
  if (!replies) return replies.error();
  // An ACL may forbid these; only a missing login or a refused connection matters.
  for (const Reply& reply : *replies) {
    if (!reply.isError()) continue;
    Error error = errorOfReply(reply.text());
    if (error.code == ErrorCode::authFailed || error.message.find("max number of clients") == 0)
      return error;
  }
  if (!(*replies)[1].isError()) infoText_ = (*replies)[1].text();
  if ((*replies)[2].token.kind == Token::Kind::integer) clientId_ = (*replies)[2].token.number;
  return {};
}

Result<void> Session::select(int database) {
  if (database == selected_) return {};
  auto reply = ask({"SELECT", std::to_string(database)});
  if (!reply) {
    Error error = reply.error();
    if (error.hint.empty()) error.hint = "CONFIG GET databases tells how many there are";
    return error;
  }
  selected_ = database;
  return {};
}

Result<void> Session::send(const Command& command) {
  auto sent = stream_->write(formatCommand(command), cancel_, deadline_);
  if (!sent) return fail(sent.error());
  return {};
}

Result<void> Session::next(Token& token) {
  // A server that sends faster than rows are used never makes the stream wait.
  if (cancel_.cancelled()) return fail(cancel_.error());
  auto read = reader_->next(token);
  if (!read) return fail(read.error());
  return {};
}

Result<Reply> Session::ask(const Command& command) {
  auto replies = askAll({&command, 1});
  if (!replies) return replies.error();
  Reply reply = std::move(replies->front());
  if (reply.isError()) return errorOfReply(reply.text());
  return reply;
}

Result<std::vector<Reply>> Session::askAll(std::span<const Command> commands) {
  std::string bytes;
  for (const Command& command : commands) bytes += formatCommand(command);
  if (auto sent = stream_->write(bytes, cancel_, deadline_); !sent) return fail(sent.error());
  std::vector<Reply> replies;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto reply = readReply([this](Token& token) { return next(token); });
    if (!reply) {
      drop();
      return reply.error();
    }
    replies.push_back(std::move(*reply));
  }
  return replies;
}

Error Session::fail(Error error) {
  drop();
  if (error.code == ErrorCode::cancelled || error.code == ErrorCode::timeout) {
    error.message += "; the server may have executed the command";
    error.hint = "the next command makes a new connection";
  } else {
    lost_ = true;
  }
  return error;
}

std::string Session::info(std::string_view field) const {
  std::string_view text = infoText_;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    if (line.size() > field.size() && line.starts_with(field) && line[field.size()] == ':')
      return std::string(line.substr(field.size() + 1));
  }
  return {};
}

}  // namespace mydba::redis
