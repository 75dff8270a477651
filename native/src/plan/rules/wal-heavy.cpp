#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"bytes", 16777216, "bytes of write-ahead log"},
    {"full-pages", 0.5,
     "part of them that are images of whole pages, from which that is said, 0 to 1"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const PlanNode& root = grading.tree().root;
  if (!root.wal || root.wal->bytes.value_or(0) < limits["bytes"]) return {};
  const double bytes = *root.wal->bytes, images = root.wal->fullPages.value_or(0);
  const bool mostlyImages = part(8192 * images, bytes) >= limits["full-pages"];
  Observation observation{
      .node = &root,
      .severity = bytes >= 16 * limits["bytes"] ? Severity::warning : Severity::info,
      .message =
          describe(root) + " wrote " + dataSize(bytes) + " of write-ahead log" +
          (mostlyImages ? ", mostly images of whole pages (" + groupedNumber(images) + ")" : ""),
      .advice = mostlyImages
                    ? "The first change of a page after a checkpoint writes all of it: fewer "
                      "checkpoints (max_wal_size) or changes that lie together write less."
                    : "Replicas and backups must take all of it. Change fewer rows at a time, drop "
                      "indexes that nobody reads, and leave columns alone that do not change.",
      .evidence = {{"log", dataSize(bytes)},
                   {"records", groupedNumber(root.wal->records.value_or(0))},
                   {"images of whole pages", groupedNumber(images)}}};
  return {observation};
}

}  // namespace

extern const Rule walHeavyRule;
const Rule walHeavyRule{"wal-heavy", "Much log written", thresholds, check};

}  // namespace mydba::plan
