#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"pages", 1000, "pages read"},
    {"ms", 100, "milliseconds of reading"},
    {"speed", 10, "MiB a second, below which it is slow"},
    {"share", 0.25, "part of the mean speed of the other steps, below which it is slow, 0 to 1"}};

struct Reads {
  double pages = 0, ms = 0;

  /// MiB a second.
  double speed() const { return ms > 0 ? pages * 8192 / (1024 * 1024) / (ms / 1000) : 0; }
  Reads& operator+=(const Reads& other) {
    pages += other.pages;
    ms += other.ms;
    return *this;
  }
};

/// Times of parallel processes are added up, and so are their pages.
Reads readsOf(const PlanNode& node) {
  if (!node.selfBuffers || !node.selfBuffers->readMs) return {};
  return {node.selfBuffers->sharedRead.value_or(0), *node.selfBuffers->readMs};
}

std::string speed(const Reads& reads) {
  return dataSize(reads.speed() * 1024 * 1024) + " a second";
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  Reads all;
  for (const Step& step : grading.live()) all += readsOf(*step.node);
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const Reads own = readsOf(node);
    if (own.pages < limits["pages"] || own.ms < limits["ms"]) continue;
    const Reads others{all.pages - own.pages, all.ms - own.ms};
    const bool slower =
        others.pages >= limits["pages"] && own.speed() < limits["share"] * others.speed();
    if (own.speed() >= limits["speed"] && !slower) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " waited " + duration(own.ms) + " for " +
                   groupedNumber(own.pages) + " pages: " + speed(own),
        .advice =
            "Many small reads all over a large table are slow on any disk: read fewer rows, "
            "or in the order of the table (CLUSTER, a covering index). If the rest is fast, "
            "look where this table's tablespace lies.",
        .evidence = {{"speed", speed(own)}, {"pages read", groupedNumber(own.pages)}},
        .impact = protocol::FindingImpact{
            .ms = own.ms, .share = part(own.ms, grading.tree().executionMs.value_or(0))}};
    if (slower) observation.evidence.push_back({"speed of the other steps", speed(others)});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule slowStorageRule;
const Rule slowStorageRule{"slow-storage", "Slow reads", thresholds, check};

}  // namespace mydba::plan
