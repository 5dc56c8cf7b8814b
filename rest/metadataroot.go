package rest

// wireVersion is the version of Confluent's server whose wire this is.
const wireVersion = "8.5.0"

// getRoot is GET / (registry-api.md 17).
func getRoot(c *call) error {
	c.out = append(c.out, "{}"...)
	return nil
}

// postRoot is POST /: any map of texts.
func postRoot(c *call) error {
	text, err := c.readBody()
	if err != nil {
		return err
	}
	value, f, err := parseBody(text)
	if err != nil {
		return err
	}
	if f.object(value) {
		for member := range items(value) {
			f.str(member)
		}
	}
	if f.fault != nil {
		return f.fault
	}
	c.out = append(c.out, "{}"...)
	return nil
}

// clusterID is GET /v1/metadata/id (registry-api.md 17, 1.8).
func clusterID(c *call) error {
	group := c.server.settings.GroupID
	if group == "" {
		group = c.server.settings.ClusterID
	}
	c.out = append(c.out, `{"scope":{"path":[],"clusters":{"kafka-cluster":`...)
	c.out = appendText(c.out, c.server.settings.ClusterID)
	c.out = append(c.out, `,"schema-registry-cluster":`...)
	c.out = appendText(c.out, group)
	c.out = append(c.out, `}}}`...)
	return nil
}

// serverVersion is GET /v1/metadata/version.
func serverVersion(c *call) error {
	c.out = append(c.out, `{"version":"`+wireVersion+`","commitId":"`+wireVersion+`"}`...)
	return nil
}

// deployment is GET /v1/metadata/deployment.
func deployment(c *call) error {
	c.out = append(c.out, `{"attributes":[]}`...)
	return nil
}
