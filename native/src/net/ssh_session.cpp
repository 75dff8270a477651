#include "net/ssh_session.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "net/stream.h"

namespace mydba::net {
namespace {

struct KeyDeleter {
  void operator()(ssh_key key) const { ssh_key_free(key); }
};
using Key = std::unique_ptr<ssh_key_struct, KeyDeleter>;

Error sshError(ErrorCode code, const SshTarget& server, const std::string& why, std::string hint) {
  return {.code = code,
          .message = "ssh to " + server.host + ": " + why,
          .hint = std::move(hint),
          .retryable = code == ErrorCode::connectFailed};
}

std::string homeFile(const std::string& name) {
  const char* home = std::getenv("HOME");
  return home ? std::string(home) + "/.ssh/" + name : std::string();
}

/// `ED25519 SHA256:…`
std::string hostKeyText(ssh_session session) {
  ssh_key raw = nullptr;
  if (ssh_get_server_publickey(session, &raw) != SSH_OK) return "unreadable";
  const Key key(raw);
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != SSH_OK)
    return "unreadable";
  char* text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
  std::string out = std::string(ssh_key_type_to_char(ssh_key_type(key.get()))) + ' ' +
                    (text ? text : "unreadable");
  ssh_string_free_char(text);
  ssh_clean_pubkey_hash(&hash);
  return out;
}

/// One attempt to log in, step by step. All members are used on the caller's thread.
class Login {
 public:
  Login(const SshLogin& login, const SecretSource& secrets, const CancelToken& cancel,
        Deadline& deadline)
      : login_(login), secrets_(secrets), cancel_(cancel), deadline_(deadline) {}

  Result<SshSession> run() {
    if (auto done = connect(); !done) return done.error();
    if (auto known = checkHostKey(); !known) return known.error();
    if (auto done = authenticate(); !done) return done.error();
    return std::move(session_);
  }

 private:
  Error error(ErrorCode code, const std::string& why, std::string hint) const {
    return sshError(code, login_.server, why, std::move(hint));
  }

  Result<void> connect() {
    auto socket = connectTcp(login_.server.host, login_.server.port, cancel_, deadline_);
    if (!socket) return socket.error();
    session_.reset(ssh_new());
    const bool readConfig = false;
    ssh_options_set(session(), SSH_OPTIONS_PROCESS_CONFIG, &readConfig);
    ssh_options_set(session(), SSH_OPTIONS_HOST, login_.server.host.c_str());
    ssh_options_set(session(), SSH_OPTIONS_PORT, &login_.server.port);
    if (!login_.server.user.empty())
      ssh_options_set(session(), SSH_OPTIONS_USER, login_.server.user.c_str());
    if (!login_.knownHosts.empty()) {
      ssh_options_set(session(), SSH_OPTIONS_KNOWNHOSTS, login_.knownHosts.c_str());
      ssh_options_set(session(), SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
    }
    const int fd = socket->release();
    ssh_options_set(session(), SSH_OPTIONS_FD, &fd);
    ssh_set_blocking(session(), 0);
    auto done = settle([&] { return ssh_connect(session()); }, SSH_AGAIN);
    if (!done) return done.error();
    if (*done == SSH_OK) return {};
    return error(ErrorCode::connectFailed, ssh_get_error(session()),
                 "check that an ssh server listens there");
  }

  Result<void> checkHostKey() {
    const std::string key = hostKeyText(session());
    const std::string command =
        "ssh -p " + std::to_string(login_.server.port) + ' ' + login_.server.host;
    switch (ssh_session_is_known_server(session())) {
      case SSH_KNOWN_HOSTS_OK: return {};
      case SSH_KNOWN_HOSTS_CHANGED:
      case SSH_KNOWN_HOSTS_OTHER:
        return error(ErrorCode::refused,
                     "its host key is not the one in known_hosts; it is now " + key,
                     "somebody may be intercepting the connection: ask its administrator, and only "
                     "then remove the old key with ssh-keygen -R");
      case SSH_KNOWN_HOSTS_ERROR:
        return error(ErrorCode::refused, ssh_get_error(session()), "known_hosts must be readable");
      case SSH_KNOWN_HOSTS_UNKNOWN:
      case SSH_KNOWN_HOSTS_NOT_FOUND: break;
    }
    return error(ErrorCode::refused, "its host key is not known: " + key,
                 "compare the fingerprint with its administrator's, then accept it by running `" +
                     command + "` once in a terminal");
  }

  Result<void> authenticate() {
    auto none = settle([&] { return ssh_userauth_none(session(), nullptr); }, SSH_AUTH_AGAIN);
    if (!none) return none.error();
    if (*none == SSH_AUTH_SUCCESS) return {};
    const int methods = ssh_userauth_list(session(), nullptr);
    if (methods & SSH_AUTH_METHOD_PUBLICKEY) {
      auto done = login_.keyFile.empty() ? tryUsualKeys() : tryKeyFile(login_.keyFile);
      if (!done) return done.error();
      if (*done) return {};
    }
    // A passphrase is never offered to the server as a password.
    if ((methods & SSH_AUTH_METHOD_PASSWORD) && !asked_) {
      auto done = tryPassword();
      if (!done) return done.error();
      if (*done) return {};
    }
    return error(ErrorCode::authFailed, "the server accepts no key or password of this account",
                 "name the user in ssh=user@host, and start an agent or name the key with sshKey");
  }

  Result<bool> tryUsualKeys() {
    if (std::getenv("SSH_AUTH_SOCK")) {
      auto agent = settle([&] { return ssh_userauth_agent(session(), nullptr); }, SSH_AUTH_AGAIN);
      if (!agent) return agent.error();
      if (*agent == SSH_AUTH_SUCCESS) return true;
    }
    for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"}) {
      const std::string file = homeFile(name);
      if (file.empty() || ::access(file.c_str(), R_OK) != 0) continue;
      auto wanted = serverWants(file + ".pub");
      if (!wanted) return wanted;
      if (!*wanted) continue;
      auto done = tryKeyFile(file);
      if (!done || *done) return done;
    }
    return false;
  }

  /// Asks whether the server would take a key, so that no passphrase is wanted for one it would
  /// not. True also when there is no public half to ask with.
  Result<bool> serverWants(const std::string& publicFile) {
    ssh_key raw = nullptr;
    if (ssh_pki_import_pubkey_file(publicFile.c_str(), &raw) != SSH_OK) return true;
    const Key key(raw);
    auto answer = settle([&] { return ssh_userauth_try_publickey(session(), nullptr, key.get()); },
                         SSH_AUTH_AGAIN);
    if (!answer) return answer.error();
    return *answer == SSH_AUTH_SUCCESS;
  }

  Result<bool> tryKeyFile(const std::string& file) {
    ssh_key raw = nullptr;
    const int read =
        ssh_pki_import_privkey_file(file.c_str(), nullptr, &Login::givePassphrase, this, &raw);
    const Key key(raw);
    if (secretError_) return *secretError_;
    if (read != SSH_OK)
      return error(
          ErrorCode::authFailed,
          read == SSH_EOF ? "cannot read the key file " + file : "cannot use the key in " + file,
          "check the file and its passphrase");
    auto answer = settle([&] { return ssh_userauth_publickey(session(), nullptr, key.get()); },
                         SSH_AUTH_AGAIN);
    if (!answer) return answer.error();
    return *answer == SSH_AUTH_SUCCESS;
  }

  Result<bool> tryPassword() {
    auto password = askSecret();
    if (!password) return password.error();
    if (!*password) return false;
    auto answer =
        settle([&] { return ssh_userauth_password(session(), nullptr, (*password)->c_str()); },
               SSH_AUTH_AGAIN);
    if (!answer) return answer.error();
    return *answer == SSH_AUTH_SUCCESS;
  }

  Result<std::optional<std::string>> askSecret() {
    asked_ = true;
    const auto begin = Clock::now();
    auto secret = secrets_(protocol::SecretKind::sshPassphrase);
    if (deadline_) *deadline_ += Clock::now() - begin;
    return secret;
  }

  /// libssh calls this when a key file turns out to be encrypted.
  static int givePassphrase(const char*, char* buffer, std::size_t size, int, int, void* self) {
    auto* login = static_cast<Login*>(self);
    auto secret = login->askSecret();
    if (!secret) login->secretError_ = secret.error();
    if (!secret || !*secret || (*secret)->size() >= size) return -1;
    std::memcpy(buffer, (*secret)->c_str(), (*secret)->size() + 1);
    return 0;
  }

  /// Repeats a call of libssh until it no longer says `again`.
  template <typename Call>
  Result<int> settle(Call call, int again) {
    for (;;) {
      const int result = call();
      if (result != again) return result;
      if (auto ready = sshWait(session(), cancel_, deadline_); !ready) return ready.error();
    }
  }

  ssh_session session() const { return session_.get(); }

  const SshLogin& login_;
  const SecretSource& secrets_;
  const CancelToken& cancel_;
  Deadline& deadline_;
  SshSession session_;
  std::optional<Error> secretError_;
  bool asked_ = false;
};

}  // namespace

void SshSessionDeleter::operator()(ssh_session session) const {
  ssh_disconnect(session);
  ssh_free(session);
}

Result<void> sshWait(ssh_session session, const CancelToken& cancel, Deadline deadline) {
  const bool writes = (ssh_get_poll_flags(session) & SSH_WRITE_PENDING) != 0;
  return waitFor(ssh_get_fd(session), writes ? Ready::readOrWrite : Ready::read, cancel, deadline);
}

Result<SshSession> sshLogin(const SshLogin& login, const SecretSource& secrets,
                            const CancelToken& cancel, Deadline& deadline) {
  return Login(login, secrets, cancel, deadline).run();
}

}  // namespace mydba::net
