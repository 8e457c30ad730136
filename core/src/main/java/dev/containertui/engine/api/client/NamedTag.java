package dev.containertui.engine.api.client;

import okhttp3.HttpUrl;

/**
 * A reference in the two parts in which some requests want it.
 *
 * @param tag empty if there is none
 */
record NamedTag(String repository, String tag) {
  /** The tag follows the last colon, if that is not the one before a registry's port. */
  static NamedTag of(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/')
        ? new NamedTag(reference.substring(0, colon), reference.substring(colon + 1))
        : new NamedTag(reference, "");
  }

  void addTo(HttpUrl.Builder url, String repositoryParameter) {
    url.addQueryParameter(repositoryParameter, repository);
    if (!tag.isEmpty()) {
      url.addQueryParameter("tag", tag);
    }
  }
}
