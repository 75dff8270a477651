// Models: settings, status, what was sent. `@mydba` asks them in handlers/chat.cpp.

#include "ai/provider_kind.h"
#include "dispatch.h"
#include "server/completion.h"
#include "server/model_call.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

protocol::AiStatus statusOf(Server& server) {
  protocol::AiStatus status = server.assistant().status();
  const auto folder = server.documents().folder();
  if (folder) {
    status.ownDocuments = static_cast<std::int64_t>(folder->files);
    status.ownDocumentsSkipped = folder->skipped;
  } else {
    status.ownDocumentsSkipped = {folder.error().message};
  }
  return status;
}

protocol::AiKeyUse keyUseOf(ai::KeyUse use) {
  switch (use) {
    case ai::KeyUse::none: return protocol::AiKeyUse::none;
    case ai::KeyUse::optional: return protocol::AiKeyUse::optional;
    case ai::KeyUse::required: break;
  }
  return protocol::AiKeyUse::required;
}

std::vector<protocol::NamedNumber> countsOf(const store::MaskedCounts& masked) {
  std::vector<protocol::NamedNumber> counts;
  for (const auto& [kind, count] : masked)
    counts.push_back({.name = kind, .value = static_cast<double>(count)});
  return counts;
}

protocol::AiSentEntry entryOf(store::SentEntry entry) {
  return {.id = entry.id,
          .time = std::move(entry.time),
          .provider = std::move(entry.provider),
          .address = std::move(entry.address),
          .model = std::move(entry.model),
          .purpose = std::move(entry.purpose),
          .request = std::move(entry.request),
          .masked = countsOf(entry.masked),
          .inputTokens = entry.inputTokens,
          .outputTokens = entry.outputTokens,
          .cost = entry.cost,
          .outcome = std::move(entry.outcome)};
}

}  // namespace

Result<protocol::AiStatus> aiConfigure(Call& call, const protocol::AiSettings& settings) {
  Server& server = call.server();
  server.assistant().configure(settings);
  const bool folder = settings.documents && !settings.documents->empty();
  server.documents().setFolder(folder ? settings.documents : std::nullopt);
  return statusOf(server);
}

Result<protocol::AiStatus> aiStatus(Call& call, const protocol::Empty&) {
  return statusOf(call.server());
}

Result<protocol::AiProviderList> aiProviders(Call&, const protocol::Empty&) {
  protocol::AiProviderList list;
  for (const ai::ProviderKind* kind : ai::providerKinds())
    list.providers.push_back({.id = std::string(kind->id),
                              .name = std::string(kind->name),
                              .description = std::string(kind->description),
                              .defaultUrl = std::string(kind->defaultUrl),
                              .key = keyUseOf(kind->key)});
  return list;
}

Result<protocol::AiModelList> aiModels(Call& call, const protocol::Empty&) {
  const auto model = ModelCall::make(call);
  if (!model) return model.error();
  const auto models = (*model)->sender().listModels(call.cancel());
  if (!models) return models.error();
  protocol::AiModelList list;
  for (const auto& info : *models)
    list.models.push_back({.id = info.id, .name = info.name, .contextTokens = info.contextTokens});
  return list;
}

Result<protocol::AiCompleteResult> aiComplete(Call& call, const protocol::AiCompleteParams& params,
                                              Stream<protocol::AiCompleteText>& stream) {
  return complete(call, params, stream);
}

Result<protocol::Empty> aiModelText(Call& call, const protocol::AiModelTextParams& params) {
  call.server().hear(params.id, params.text);
  return protocol::Empty{};
}

Result<protocol::AiSentPage> aiSent(Call& call, const protocol::AiSentParams& params) {
  Assistant& assistant = call.server().assistant();
  const auto log = assistant.log();
  if (!log) return log.error();
  const auto limit = std::clamp<std::int64_t>(params.limit, 1, 1000);
  auto entries = (*log)->list(params.text, params.before, limit);
  if (!entries) return entries.error();
  protocol::AiSentPage page{.entries = {}, .next = {}, .file = assistant.sentFile().value_or("")};
  if (static_cast<std::int64_t>(entries->size()) == limit) page.next = entries->back().id;
  for (auto& entry : *entries) page.entries.push_back(entryOf(std::move(entry)));
  return page;
}

Result<protocol::AiReport> aiReport(Call& call, const protocol::Empty&) {
  const auto log = call.server().assistant().log();
  if (!log) return log.error();
  const auto report = (*log)->report();
  if (!report) return report.error();
  protocol::AiReport result{.since = report->since,
                            .requests = report->requests,
                            .bytes = report->bytes,
                            .masked = countsOf(report->masked),
                            .destinations = {}};
  for (const auto& to : report->destinations)
    result.destinations.push_back({.address = to.address,
                                   .model = to.model,
                                   .requests = to.requests,
                                   .bytes = to.bytes,
                                   .tokens = to.tokens,
                                   .cost = to.cost});
  return result;
}

Result<protocol::Empty> aiClearSent(Call& call, const protocol::Empty&) {
  const auto log = call.server().assistant().log();
  if (!log) return log.error();
  if (auto cleared = (*log)->clear(); !cleared) return cleared.error();
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
