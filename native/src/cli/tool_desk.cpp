#include "cli/tool_desk.h"

#include <algorithm>
#include <filesystem>

#include "base/event.h"
#include "cli/open_connection.h"
#include "codec.h"
#include "engines/connect.h"

namespace mydba::cli {
namespace {

/// Letters, digits, `_`, `-` and `.`: a name that needs no quotes anywhere.
bool isName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

/// What a connection is called that was given no name.
std::string nameOf(const protocol::ConnectionProfile& profile) {
  if (profile.path) return std::filesystem::path(*profile.path).stem().native();
  return profile.database.value_or("").empty() ? profile.engine : *profile.database;
}

/// A profile as the protocol writes it, which the editor has; or a URL.
Result<net::ConnectionUrl> readConnection(std::string_view text) {
  std::error_code ignored;
  if (!text.starts_with('{'))
    return net::parseUrl(text, std::filesystem::current_path(ignored).native());
  const auto json = rpc::parseJson(text);
  if (!json) return json.error();
  net::ConnectionUrl read;
  rpc::DecodePath path("connection");
  if (!protocol::decode(*json, read.profile, path))
    return Error{.code = ErrorCode::invalidParams, .message = path.failure()};
  return read;
}

}  // namespace

struct ToolConnections::Entry {
  Entry(std::string given, net::ConnectionUrl parsed, ThreadGroup& threads)
      : name(std::move(given)),
        url(std::move(parsed)),
        audit(commandAudit(protocol::AuditActor::mcp, url.profile)),
        lane(threads, /*inlined=*/false) {}

  /// Only on the lane.
  Result<Connection*> open(const CancelToken& cancel) {
    if (connection && connection->alive()) return connection.get();
    const SecretSource given =
        [this](protocol::SecretKind kind) -> Result<std::optional<std::string>> {
      return kind == protocol::SecretKind::password ? url.password : std::nullopt;
    };
    const std::string_view kind = connection ? "reconnect" : "session";
    connection.reset();
    auto made = connect(url.profile, given, cancel);
    audit.connected(kind, made ? Result<void>() : Result<void>(made.error()));
    if (!made) return made.error();
    connection = std::move(*made);
    return connection.get();
  }

  const std::string name;
  const net::ConnectionUrl url;
  const store::AuditTrail audit;
  std::unique_ptr<Connection> connection;  // only on the lane
  server::Lane lane;
};

class ToolConnections::CallDesk final : public tools::Desk {
 public:
  CallDesk(ToolConnections& all, CancelToken cancel, std::function<void(std::string_view)> progress)
      : all_(all),
        entries_(all.entries_),
        cancel_(std::move(cancel)),
        progress_(std::move(progress)) {}

  std::vector<tools::ConnectionFacts> connections() override {
    std::vector<tools::ConnectionFacts> list;
    for (const auto& entry : entries_) {
      const auto& profile = entry->url.profile;
      list.push_back({.name = entry->name,
                      .engine = profile.engine,
                      .environment = profile.environment.value_or(protocol::Environment::dev)});
    }
    return list;
  }

  Result<tools::Json> withConnection(const std::string& name, tools::Access access,
                                     tools::Work work) override {
    const auto entry = std::ranges::find(entries_, name, [](const auto& e) { return e->name; });
    if (entry == entries_.end())
      return Error{.code = ErrorCode::invalidParams,
                   .message = "there is no connection " + name.substr(0, 100),
                   .hint = "list_connections names them"};
    if (access == tools::Access::write)
      return Error{.code = ErrorCode::refused,
                   .message = "this server is read-only",
                   .hint = "give the statement to the user, to be run in the editor"};
    return onLane(*entry, std::move(work));
  }

  const rag::Library& documents() override { return all_.documents(); }
  void progress(std::string_view sentence) override { progress_(sentence); }

 private:
  Result<tools::Json> onLane(const std::shared_ptr<Entry>& entry, tools::Work work) {
    struct Shared {
      Event done;
      std::optional<Result<tools::Json>> result;
    };
    auto shared = std::make_shared<Shared>();
    entry->lane.post([shared, entry, cancel = cancel_, work = std::move(work)] {
      shared->result.emplace(runOn(*entry, work, cancel));
      shared->done.signal();
    });
    if (auto waited = waitFor(shared->done.fd(), Ready::read, cancel_); !waited)
      return waited.error();
    return std::move(*shared->result);
  }

  static Result<tools::Json> runOn(Entry& entry, const tools::Work& work,
                                   const CancelToken& cancel) {
    if (cancel.cancelled()) return cancel.error();
    const auto connection = entry.open(cancel);
    if (!connection) return connection.error();
    guard::Policy policy = guard::policyOf(entry.url.profile);
    policy.readOnly = true;
    const guard::Gate gate(dialectOf(**connection), policy);
    const guard::Confirm nobody = [](const guard::JudgedStatement&) -> Result<guard::Confirmation> {
      return Error{.code = ErrorCode::refused,
                   .message = "it must be confirmed, and nobody can be asked here",
                   .hint = "give the statement to the user, to be run in the editor"};
    };
    return work({**connection, gate, nobody, entry.audit, cancel});
  }

  ToolConnections& all_;
  const std::vector<std::shared_ptr<Entry>>& entries_;
  const CancelToken cancel_;
  const std::function<void(std::string_view)> progress_;
};

Result<void> ToolConnections::add(std::string_view nameAndUrl) {
  const auto equals = nameAndUrl.find('=');
  const bool named = equals != std::string_view::npos && isName(nameAndUrl.substr(0, equals));
  auto url = readConnection(named ? nameAndUrl.substr(equals + 1) : nameAndUrl);
  if (!url) return url.error();
  url->profile.readOnly = true;
  const std::string name = named ? std::string(nameAndUrl.substr(0, equals)) : nameOf(url->profile);
  if (std::ranges::find(entries_, name, [](const auto& e) { return e->name; }) != entries_.end())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "two connections are called " + name,
                 .hint = "name them: first=URL second=URL"};
  entries_.push_back(std::make_shared<Entry>(name, std::move(*url), threads_));
  return {};
}

const rag::Library& ToolConnections::documents() {
  std::call_once(indexed_, [this] { documents_.emplace(); });
  return *documents_;
}

std::unique_ptr<tools::Desk> ToolConnections::desk(CancelToken cancel,
                                                   std::function<void(std::string_view)> progress) {
  return std::make_unique<CallDesk>(*this, std::move(cancel), std::move(progress));
}

}  // namespace mydba::cli
