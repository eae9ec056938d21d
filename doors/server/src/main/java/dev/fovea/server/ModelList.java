package dev.fovea.server;

import dev.fovea.model.Listing;
import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network, here or not.
 *
 * @param tier bundled or public
 * @param present whether it can be used at once
 * @param licence SPDX identifier
 * @param card all that is known of it; public ones have none
 */
record ModelList(
        String name,
        String task,
        String summary,
        String tier,
        boolean present,
        String licence,
        long bytes,
        String sha256,
        Optional<ModelCard> card) {
    /** All that a store has or could have. */
    static List<ModelList> of(ModelStore store) {
        var all = new ArrayList<ModelList>();
        List<Model> here = store.models();
        for (Model model : here) {
            model.card().ifPresent(card -> all.add(of(model, card)));
        }
        for (Listing listing : store.catalogue().listings()) {
            boolean present = here.stream().anyMatch(m -> m.name().equals(listing.name()));
            all.add(new ModelList(
                    listing.name(),
                    listing.task(),
                    listing.summary(),
                    Model.Tier.PUBLIC.toString(),
                    present,
                    listing.licence(),
                    listing.bytes(),
                    listing.sha256(),
                    Optional.empty()));
        }
        return all;
    }

    private static ModelList of(Model model, ModelCard card) {
        return new ModelList(
                card.name(),
                card.task(),
                card.summary(),
                model.tier().toString(),
                true,
                card.licence(),
                card.bytes(),
                card.sha256(),
                Optional.of(card));
    }
}
